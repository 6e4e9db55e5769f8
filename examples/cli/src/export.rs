//! `hoso export`, and the drawings of `hoso show --graph`: a procedure for other tools.

use hoso::definition::Procedure;
use hoso::export;
use serde_json::json;

use crate::answer::Answer;
use crate::args::{Drawing, Export, Foreign, Global};
use crate::failure::{Failure, Fallible};
use crate::load::Texts;
use crate::svg::svg;
use crate::versions;

pub(crate) fn export(global: &Global, args: &Export) -> Fallible<Answer> {
    let texts = Texts::open(global)?;
    let (catalogue, bundles) = texts.shelves();
    let catalogue = versions::shelf(&catalogue, &bundles, &args.procedure);
    let procedure = versions::one(catalogue, &args.procedure, args.on.as_deref())?;
    let text = match args.to {
        Foreign::Bpmn => export::bpmn(procedure, global.lang()).ok_or_else(too_large)?,
        Foreign::JsonSchema => export::json_schema(procedure, global.lang()),
        Foreign::Cpsv => export::cpsv(procedure),
        Foreign::Pnml => export::pnml(procedure, global.lang()).ok_or_else(too_large)?,
    };
    Ok(answered(global, procedure, text))
}

fn too_large() -> Failure {
    Failure::new("the procedure has too many ways through it to be written down one by one")
        .help("`hoso show --graph dot` draws the states alone")
}

/// Draws the state graph.
pub(crate) fn drawn(global: &Global, procedure: &Procedure, drawing: Drawing) -> Answer {
    let lang = global.lang();
    let text = match drawing {
        Drawing::Mermaid => export::mermaid(procedure, lang),
        Drawing::Dot => export::dot(procedure, lang),
        Drawing::Svg => svg(procedure, lang),
    };
    answered(global, procedure, text)
}

/// Prints a text of another language as it is; for programs, as one value of a document.
fn answered(global: &Global, procedure: &Procedure, text: String) -> Answer {
    let (id, version) = (procedure.id().as_str(), procedure.version().as_str());
    let data = || json!({ "id": id, "version": version, "text": text });
    Answer::new(global, data, || text.clone())
}

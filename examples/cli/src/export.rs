//! `hoso export`, and the drawings of `hoso show --graph`: a procedure for other tools.

use hoso::definition::bundle::{Bundle, Bundles};
use hoso::definition::{Catalogue, Procedure};
use hoso::export;
use serde_json::json;

use crate::answer::Answer;
use crate::args::{Drawing, Export, Foreign, Global, Show};
use crate::failure::{Failure, Fallible};
use crate::load::Texts;
use crate::svg::svg;
use crate::versions;

pub(crate) fn export(global: &Global, args: &Export) -> Fallible<Answer> {
    let texts = Texts::open(global)?;
    let (catalogue, bundles) = texts.shelves();
    let shelf = versions::shelf(&catalogue, &bundles, &args.procedure);
    texts.readable(shelf, &args.procedure)?;
    let named = Named::find(&catalogue, &bundles, &args.procedure, args.on.as_deref())?;
    let procedure = named.procedure();
    let text = match args.to {
        Foreign::Bpmn => export::bpmn(procedure, global.lang()).ok_or_else(too_large)?,
        Foreign::JsonSchema => export::json_schema(procedure, global.lang()),
        Foreign::Cpsv => export::cpsv(procedure),
        Foreign::Pnml => export::pnml(procedure, global.lang()).ok_or_else(too_large)?,
    };
    // A bundle is filed once: the schema of its lead is that of the whole.
    if args.to != Foreign::JsonSchema {
        named.say_what_is_left_out("hoso export");
    }
    Ok(answered(global, procedure, text))
}

/// What is to be written.
enum Named<'n> {
    Procedure(&'n Procedure),
    Bundle(&'n Bundle),
}

impl<'n> Named<'n> {
    /// Finds a procedure, a bundle, or the procedure that a part is in its bundle.
    fn find(
        catalogue: &'n Catalogue,
        bundles: &'n Bundles,
        name: &str,
        on: Option<&str>,
    ) -> Fallible<Self> {
        let part = versions::part(catalogue, bundles, name);
        let whole = part.map_or(name, |it| it.0);
        let shelf = versions::shelf(catalogue, bundles, whole);
        let procedure = versions::one(shelf, whole, on)?;
        Ok(match (bundles.led_by(procedure), part) {
            (Some(bundle), Some((_, part))) => {
                Self::Procedure(versions::part_of(bundle, part)?.procedure())
            }
            (Some(bundle), None) => Self::Bundle(bundle),
            (None, _) => Self::Procedure(procedure),
        })
    }

    fn procedure(&self) -> &'n Procedure {
        match self {
            Self::Procedure(it) => it,
            Self::Bundle(it) => it.lead(),
        }
    }

    /// Says that only the lead of a bundle was written.
    fn say_what_is_left_out(&self, command: &str) {
        let Self::Bundle(bundle) = self else { return };
        let id = bundle.lead().id();
        let parts = bundle.parts().iter().map(|(_, part, _)| format!("`{id}/{part}`"));
        let parts: Vec<String> = parts.collect();
        eprintln!("note: this is the lead of the bundle; its parts are left out");
        eprintln!("  help: each has a text of its own: `{command}` of {}", parts.join(", "));
    }
}

fn too_large() -> Failure {
    Failure::new("the procedure has too many ways through it to be written down one by one")
        .help("`hoso show --graph dot` draws the states alone")
}

/// Draws the state graph, that of a bundle with all of its parts.
pub(crate) fn drawn(
    global: &Global,
    (catalogue, bundles): (&Catalogue, &Bundles),
    args: &Show,
    drawing: Drawing,
) -> Fallible<Answer> {
    let lang = global.lang();
    let named = Named::find(catalogue, bundles, &args.procedure, args.on.as_deref())?;
    let procedure = named.procedure();
    let text = match (drawing, &named) {
        (Drawing::Mermaid, Named::Bundle(bundle)) => export::mermaid_bundle(bundle, lang),
        (Drawing::Mermaid, Named::Procedure(it)) => export::mermaid(it, lang),
        (Drawing::Dot, Named::Bundle(bundle)) => export::dot_bundle(bundle, lang),
        (Drawing::Dot, Named::Procedure(it)) => export::dot(it, lang),
        (Drawing::Svg, _) => {
            named.say_what_is_left_out("hoso show --graph svg");
            svg(procedure, lang)
        }
    };
    Ok(answered(global, procedure, text))
}

/// Prints a text of another language as it is; for programs, as one value of a document.
fn answered(global: &Global, procedure: &Procedure, text: String) -> Answer {
    let (id, version) = (procedure.id().as_str(), procedure.version().as_str());
    let data = || json!({ "id": id, "version": version, "text": text });
    Answer::new(global, data, || text.clone())
}

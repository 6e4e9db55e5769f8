//! Histories of simulated dossiers for other tools.

use std::path::Path;

use hoso::definition::Procedure;
use hoso::export::History;
use hoso::simulate::{Model, Sampled};
use hoso::text::Lang;

use crate::failure::{Failure, Fallible};
use crate::log::Log;

/// Writes a sample of the first replication.
pub(super) fn write(
    path: &Path,
    model: &Model<'_>,
    procedures: &[Procedure],
    (seed, most): (u64, u64),
    lang: Lang,
) -> Fallible<()> {
    let sample = model.sample(seed, most);
    let mut log = Log::create(path, procedures.iter().collect(), lang)?;
    for history in sample.histories() {
        let name = format!("{}-{}", history.case(), history.number() + 1);
        if let Some(disagreement) = history.disagreement() {
            let failure = Failure::new(format_args!("dossier `{name}`: {disagreement}"));
            return Err(failure.help("this is an error of hoso: please tell its makers"));
        }
        log.write(&History::new(&name, history.events()).began(history.began()))?;
    }
    log.close()?;
    sample.sampled().iter().for_each(|it| eprintln!("{}: {}", path.display(), told(it, lang)));
    Ok(())
}

/// Says which dossiers of a kind were written.
fn told(it: &Sampled, lang: Lang) -> String {
    let Sampled { case, kept, every, filed, .. } = it;
    match (lang, every) {
        (Lang::Vi, 1) => format!("{case}: cả {filed} hồ sơ"),
        (Lang::Vi, _) => format!("{case}: {kept} trong {filed} hồ sơ, cứ {every} lấy một"),
        (_, 1) => format!("{case}: all {filed} dossiers"),
        _ => format!("{case}: {kept} of {filed} dossiers, one in {every}"),
    }
}

//! From texts to a catalogue: which text is what, who inherits from whom.

use alloc::format;
use alloc::vec::Vec;

use super::base::Version;
use super::bundle::{self, Bundle};
use super::draft::{Draft, LifeCycleHead, ProcedureHead};
use super::inherit::{inherit, report_removals};
use super::lower::lower;
use super::migration;
use super::procedure::Procedure;
use super::words::{Level, ServiceLevel};
use crate::diagnostic::{Diagnostic, Severity, any_error, settle};
use crate::id::Id;
use crate::law::Interval;
use crate::read::{self, Kind, Many, Maybe, Need, Section};
use crate::source::{At, FileId, Sources, Span};
use crate::text::nearest;

const LIFE_CYCLE: Kind =
    Kind { code: "undeclared-life-cycle", what: "life cycle", table: "life-cycle" };

/// Loads every procedure of the given texts, and whatever is wrong with them.
///
/// Texts that are neither a procedure, a bundle nor a life cycle are passed
/// over: they have loaders of their own. A procedure that
/// inherits a life cycle comes out once for each version of the life cycle
/// whose days it shares, with those days as its own and the later of the two
/// version names.
#[must_use]
pub fn load(sources: &Sources) -> (Vec<Procedure>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let (compiled, _) = compile_all(sources, &mut found);
    settle(&mut found);
    let procedures = compiled.into_iter().filter(|it| !it.is_bundle());
    (procedures.map(|it| it.procedure).collect(), found)
}

/// Loads every procedure and every bundle of the given texts, and whatever is wrong with them.
///
/// A bundle comes out once for each stretch of days on which neither its own
/// life cycle nor the version of any of its parts changes, with the latest of
/// all their version names.
#[must_use]
pub fn load_all(sources: &Sources) -> (Vec<Procedure>, Vec<Bundle>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let (compiled, gaps) = compile_all(sources, &mut found);
    let bundles = bundle::lower(&compiled, gaps, &mut found);
    settle(&mut found);
    let procedures = compiled.into_iter().filter(|it| !it.is_bundle());
    (procedures.map(|it| it.procedure).collect(), bundles, found)
}

/// A procedure, or what a bundle is beside its parts, with the draft of which it was made.
#[derive(Debug)]
pub(crate) struct Compiled {
    pub(crate) draft: Draft,
    pub(crate) procedure: Procedure,
}

impl Compiled {
    pub(crate) const fn is_bundle(&self) -> bool {
        self.draft.bundle.is_some()
    }
}

/// Compiles every text that has a head; says whether what seems undeclared may stand in one that could not be read.
fn compile_all(sources: &Sources, found: &mut Vec<Diagnostic>) -> (Vec<Compiled>, bool) {
    let drafts = read_drafts(sources, found);
    let cycles = life_cycles(&drafts, found);
    let all: Vec<Version<'_>> = drafts.iter().flatten().filter_map(Version::of_procedure).collect();
    let mut compiled = Vec::new();
    let mut broken: Vec<Id> = Vec::new();
    for draft in drafts.iter().flatten() {
        let versions = versions(draft, &all, &cycles, found);
        if versions.is_empty() {
            broken.extend(draft.head().and_then(|it| it.id.0).map(|it| it.value));
        }
        compiled.extend(versions);
    }
    if !cycles.gaps {
        let procedures = compiled.iter().map(|it: &Compiled| &it.procedure);
        let whole = procedures.filter(|it| !broken.contains(it.id()));
        migration::check(&whole.collect::<Vec<_>>(), found);
    }
    (compiled, cycles.gaps || any_error(found))
}

/// Prints a text of a procedure, a bundle or a life cycle in its canonical form.
///
/// # Errors
///
/// The diagnostics, when the text cannot be read.
pub fn format_text(
    sources: &Sources,
    file: FileId,
) -> Result<alloc::string::String, Vec<Diagnostic>> {
    read::format_text::<Draft>(sources, file)
}

/// Reads the definitions; one that cannot be read leaves a gap.
fn read_drafts(sources: &Sources, found: &mut Vec<Diagnostic>) -> Vec<Option<Draft>> {
    let mut drafts = Vec::new();
    for (file, source) in sources.iter() {
        match read::head(source.text()) {
            Some("procedure" | "bundle" | "life-cycle") => {
                let start = found.len();
                let draft = read::read::<Draft>(file, source.text(), found);
                draft.iter().for_each(|it| check_head(it, found));
                let headed = |it: &Draft| it.head().is_some() || it.life_cycle.is_some();
                // What looked like a head may stand inside a text.
                if draft.as_ref().is_some_and(|it| !headed(it)) && found.len() == start {
                    found.push(unknown_kind(file, ""));
                }
                drafts.push(draft.filter(headed));
            }
            Some(_) => {}
            None => found.push(unknown_kind(file, source.text())),
        }
    }
    drafts
}

/// Says that nobody can tell what a text is; a head that was misspelt is looked for.
fn unknown_kind(file: FileId, text: &str) -> Diagnostic {
    let heads = read::HEADS.map(|it| format!("`[{it}]`")).join(", ");
    let message = format!("this text has none of the heads {heads}");
    let diagnostic = Diagnostic::error("unknown-kind", Span::start_of(file), message);
    let written = text.lines().filter_map(|it| it.trim().strip_prefix('[')?.strip_suffix(']'));
    let near = |it: &str| nearest(it.trim_matches(['[', ']', ' ']), read::HEADS);
    match written.filter_map(near).next() {
        Some(head) => diagnostic.help(format!("did you mean `[{head}]`?")),
        None => diagnostic,
    }
}

fn check_head(draft: &Draft, found: &mut Vec<Diagnostic>) {
    let head = draft.head().map(|it| it.span);
    let bundle = draft.bundle.as_ref().map(|it| it.0.span).filter(|_| draft.procedure.is_some());
    let life_cycle = draft.life_cycle.as_ref().map(|it| it.0.span).filter(|_| head.is_some());
    if let Some(second) = life_cycle.or(bundle) {
        let message = "a text is either a procedure, a bundle or a life cycle";
        let diagnostic = Diagnostic::error("two-heads", second, message);
        found.push(diagnostic.help("move one of them to a text of its own"));
    }
    let part = draft.part.0.first().map(|(id, _)| id.span);
    let delivery = draft.delivery.as_ref().map(|it| it.0.span);
    if let (None, Some(span)) = (&draft.bundle, part.or(delivery)) {
        let message = "only a bundle has parts that are delivered together";
        let diagnostic = Diagnostic::error("part-outside-bundle", span, message);
        found.push(diagnostic.help("let the text begin with `[bundle]`"));
    }
}

/// One version of a life cycle, with everything that it inherits.
struct LifeCycle {
    id: Id,
    version: Id,
    effective: Interval,
    draft: Draft,
    // False when any text that it is made of holds an error.
    is_sound: bool,
}

/// Every version of every life cycle.
struct LifeCycles {
    // INVARIANT: sorted by id and first day.
    list: Vec<LifeCycle>,
    /// True when some text could not be read: what seems undeclared may stand in it.
    gaps: bool,
}

fn life_cycles(drafts: &[Option<Draft>], found: &mut Vec<Diagnostic>) -> LifeCycles {
    let heads: Vec<(&LifeCycleHead, &Draft)> =
        drafts.iter().flatten().filter_map(|it| Some((&it.life_cycle.as_ref()?.0, it))).collect();
    let unnamed = heads.iter().any(|(head, _)| identity(head).is_none());
    let gaps = unnamed || drafts.iter().any(Option::is_none);
    let mut cycles = LifeCycles { list: Vec::new(), gaps };
    let mut waiting = unlike(&heads, found);
    // Each round lays the life cycles whose ground is there.
    loop {
        let is_open = |id: &At<Id>| waiting.iter().any(|it| it.id.value == id.value);
        let (later, ready): (Vec<_>, Vec<_>) = waiting
            .iter()
            .copied()
            .partition(|it| it.head.life_cycle.as_ref().is_some_and(is_open));
        for it in &ready {
            cycles.lay(it, &heads, found);
        }
        waiting = later;
        if ready.is_empty() {
            break;
        }
    }
    report_ring(&waiting, found);
    cycles
}

/// A version of a life cycle whose name and days could be read.
#[derive(Clone, Copy)]
struct Named<'d> {
    id: At<Id>,
    version: At<Id>,
    effective: At<Interval>,
    head: &'d LifeCycleHead,
    draft: &'d Draft,
}

/// Returns the versions without those whose name or days are taken.
fn unlike<'d>(
    heads: &[(&'d LifeCycleHead, &'d Draft)],
    found: &mut Vec<Diagnostic>,
) -> Vec<Named<'d>> {
    let mut named: Vec<Named<'_>> = Vec::new();
    for (head, draft) in heads {
        let Some((id, version, effective)) = identity(head) else { continue };
        let twin = named.iter().find(|it| {
            it.id.value == id.value
                && (it.version.value == version.value
                    || it.effective.value.overlaps(&effective.value))
        });
        if let Some(twin) = twin {
            let (id, version) = (id.value, twin.version.value);
            let message = format!("life cycle `{id}` has version `{version}` on the same days");
            let diagnostic = Diagnostic::error("overlapping-versions", effective.span, message);
            found.push(diagnostic.help("end one on the first day of the other"));
            continue;
        }
        named.push(Named { id, version, effective, head, draft });
    }
    named
}

/// Reports life cycles that refine each other in a ring; once, by the first of them.
fn report_ring(waiting: &[Named<'_>], found: &mut Vec<Diagnostic>) {
    let refines = waiting.iter().filter_map(|it| it.head.life_cycle);
    if let Some(first) = refines.min_by_key(|it| it.span) {
        let message = format!("life cycle `{}` refines itself in the end", first.value);
        let diagnostic = Diagnostic::error("cyclic-inheritance", first.span, message);
        found.push(diagnostic.help("leave one `life-cycle` out"));
    }
}

impl LifeCycles {
    /// Adds a version: once by itself, or once for each version of the life cycle that it refines.
    fn lay(
        &mut self,
        it: &Named<'_>,
        heads: &[(&LifeCycleHead, &Draft)],
        found: &mut Vec<Diagnostic>,
    ) {
        let (chain, files) = with_bases(it.head, it.draft, heads, found);
        let Some(wanted) = it.head.life_cycle else {
            let Some((oldest, later)) = chain.split_first() else { return };
            let merged = inherit_all((*oldest).clone(), later, found);
            let is_sound = check_alone(it.head, &merged, found) && are_sound(&files, found);
            let (id, version, effective) = (it.id.value, it.version.value, it.effective.value);
            return self.add(LifeCycle { id, version, effective, draft: merged, is_sound });
        };
        let mut laid = Vec::new();
        for (ground, effective) in self.shared(wanted, it.effective, found) {
            let merged = inherit_all(ground.draft.clone(), &chain, found);
            let is_whole = ground.is_sound && check_alone(it.head, &merged, found);
            let (id, version) = (it.id.value, it.version.value.max(ground.version));
            laid.push(LifeCycle { id, version, effective, draft: merged, is_sound: is_whole });
        }
        let is_sound = are_sound(&files, found);
        for cycle in laid {
            self.add(LifeCycle { is_sound: cycle.is_sound && is_sound, ..cycle });
        }
    }

    fn add(&mut self, cycle: LifeCycle) {
        let key = |it: &LifeCycle| (it.id, it.effective.from());
        let at = self.list.partition_point(|it| key(it) <= key(&cycle));
        self.list.insert(at, cycle);
    }

    /// Returns the versions of a life cycle that share days, each with those days.
    fn shared(
        &self,
        wanted: At<Id>,
        effective: At<Interval>,
        found: &mut Vec<Diagnostic>,
    ) -> Vec<(&LifeCycle, Interval)> {
        let named = self.named(wanted, found);
        if !self.gaps && !named.is_empty() {
            report_gaps(&named, effective, found);
        }
        let shared = |it: &LifeCycle| effective.value.shared(&it.effective);
        named.into_iter().filter_map(|it| Some((it, shared(it)?))).collect()
    }

    /// Returns every version of a life cycle, or reports that there is none.
    fn named(&self, wanted: At<Id>, found: &mut Vec<Diagnostic>) -> Vec<&LifeCycle> {
        let named: Vec<&LifeCycle> = self.list.iter().filter(|it| it.id == wanted.value).collect();
        if named.is_empty() && !self.gaps {
            found.push(LIFE_CYCLE.not_among(wanted, self.list.iter().map(|it| it.id)));
        }
        named
    }
}

fn identity(head: &LifeCycleHead) -> Option<(At<Id>, At<Id>, At<Interval>)> {
    Some((head.id.0?, head.version.0?, head.effective.0?))
}

/// Lowers a life cycle by itself, so that one without heirs is checked too.
fn check_alone(head: &LifeCycleHead, merged: &Draft, found: &mut Vec<Diagnostic>) -> bool {
    let mut draft = merged.clone();
    draft.life_cycle = None;
    draft.procedure = Some(Section(ProcedureHead {
        id: head.id.clone(),
        code: None,
        version: head.version.clone(),
        name: head.name.clone(),
        field: None,
        authority: Need(Some(Level::Commune)),
        service_level: Need(Some(Maybe::Known(ServiceLevel::Full))),
        channels: Many::NONE,
        effective: head.effective.clone(),
        status: None,
        pinned: None,
        published: None,
        subjects: None,
        life_cycle: None,
        based_on: None,
        remove: Many::NONE,
        law: head.law.clone(),
        remarks: head.remarks.clone(),
        span: head.span,
    }));
    lower(&draft, &head.remove, found).is_some()
}

/// Returns the versions on which a life cycle is based, oldest first, itself last, and their files.
fn with_bases<'d>(
    head: &LifeCycleHead,
    draft: &'d Draft,
    heads: &[(&'d LifeCycleHead, &'d Draft)],
    found: &mut Vec<Diagnostic>,
) -> (Vec<&'d Draft>, Vec<FileId>) {
    let versions: Vec<Version<'_>> = heads.iter().map(|(it, draft)| version(it, draft)).collect();
    let chain = version(head, draft).with_bases(&versions, found);
    if head.based_on.is_none() && head.life_cycle.is_none() {
        report_removals(draft, found);
    }
    let files = chain.iter().map(|it| it.format.span.file()).collect();
    (chain, files)
}

const fn version<'d>(head: &LifeCycleHead, draft: &'d Draft) -> Version<'d> {
    Version { id: head.id.0, version: head.version.0, based_on: head.based_on, draft }
}

/// Puts drafts over a base, one after the other.
fn inherit_all(base: Draft, drafts: &[&Draft], found: &mut Vec<Diagnostic>) -> Draft {
    let mut merged = base;
    for (at, own) in (1..).zip(drafts) {
        // A removal that idles is reported where the version itself is merged, not once more for each heir.
        let mut unheard = Vec::new();
        let sink = if at == drafts.len() { &mut *found } else { &mut unheard };
        merged = inherit(&merged, (*own).clone(), sink);
    }
    merged
}

/// Returns true when no error was found in any of the files.
fn are_sound(files: &[FileId], found: &[Diagnostic]) -> bool {
    !found.iter().any(|it| it.severity() == Severity::Error && files.contains(&it.span().file()))
}

/// Lowers a procedure once for each version of its life cycle.
fn versions(
    draft: &Draft,
    all: &[Version<'_>],
    cycles: &LifeCycles,
    found: &mut Vec<Diagnostic>,
) -> Vec<Compiled> {
    let Some(own) = all.iter().find(|it| core::ptr::eq(it.draft, draft)) else { return Vec::new() };
    let Some(head) = draft.head() else { return Vec::new() };
    let chain = own.with_bases(all, found);
    let files: Vec<FileId> = chain.iter().map(|it| it.format.span.file()).collect();
    let Some(wanted) = head.life_cycle else {
        if head.based_on.is_none() {
            report_removals(draft, found);
        }
        let Some((oldest, later)) = chain.split_first() else { return Vec::new() };
        let mut merged = inherit_all((*oldest).clone(), later, found);
        forget_bases(&mut merged);
        let procedure = lower(&merged, &head.remove, found).filter(|_| are_sound(&files, found));
        return procedure
            .map(|procedure| Compiled { draft: merged, procedure })
            .into_iter()
            .collect();
    };
    let Some(effective) = head.effective.0 else {
        // Without its days the version is not known; its own parts are checked with the newest.
        if let Some(newest) = cycles.named(wanted, found).last() {
            let merged = inherit_all(newest.draft.clone(), &chain, found);
            let _ = lower(&merged, &head.remove, found);
        }
        return Vec::new();
    };
    let shared = cycles.shared(wanted, effective, found).into_iter();
    let compiled: Vec<Option<Compiled>> = shared
        .map(|(cycle, days)| compile(&chain, head, cycle, days, found).filter(|_| cycle.is_sound))
        .collect();
    let is_sound = are_sound(&files, found);
    compiled.into_iter().flatten().filter(|_| is_sound).collect()
}

/// Reports the days of a procedure on which its life cycle has no version.
fn report_gaps(named: &[&LifeCycle], effective: At<Interval>, found: &mut Vec<Diagnostic>) {
    if let Some(day) = effective.value.first_gap(named.iter().map(|it| it.effective)) {
        let message = format!("its life cycle has no version for {day}");
        let diagnostic = Diagnostic::error("version-gap", effective.span, message);
        found.push(diagnostic.help("shorten the interval, or load the missing version"));
    }
}

fn compile(
    chain: &[&Draft],
    head: &ProcedureHead,
    cycle: &LifeCycle,
    days: Interval,
    found: &mut Vec<Diagnostic>,
) -> Option<Compiled> {
    let mut merged = inherit_all(cycle.draft.clone(), chain, found);
    let mut head = head.clone();
    head.life_cycle = None;
    head.based_on = None;
    let removed = core::mem::replace(&mut head.remove, Many::NONE);
    head.effective = Need(head.effective.0.map(|it| At { value: days, ..it }));
    let own_version = head.version.0?.value;
    let later = |own: At<Id>| At { value: own.value.max(cycle.version), ..own };
    head.version = Need(head.version.0.map(later));
    if let Some(merged) = merged.head_mut() {
        *merged = head;
    }
    let start = found.len();
    let procedure = lower(&merged, &removed, found);
    if !cycle.is_sound {
        // What a broken life cycle lacks was reported there.
        let lacks = found.split_off(start);
        found.extend(lacks.into_iter().filter(|it| it.code() != "no-filing"));
    }
    let procedure = Procedure { own_version, ..procedure? };
    Some(Compiled { draft: merged, procedure })
}

/// What is inherited stands in the text by now.
fn forget_bases(merged: &mut Draft) {
    if let Some(head) = merged.head_mut() {
        head.based_on = None;
        head.remove = Many::NONE;
    }
}

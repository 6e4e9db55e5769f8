//! The redesigns in `procedures/redesigns/`: none is in force, and each stands
//! beside the catalogue without an error, in canonical form. What each pair
//! comes to, and every cheat that was thought of, with what is said against it.
#![cfg(feature = "catalogue")]
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test reads files, and fails by panicking"
)]

use std::path::{Path, PathBuf};

use expect_test::{Expect, expect};
use hoso::calendar::Calendar;
use hoso::catalogue;
use hoso::definition::{self, Status};
use hoso::diagnostic::{Diagnostic, Severity};
use hoso::fee;
use hoso::simplify::cost::{self, Setting};
use hoso::simplify::{Design, Legs, Verdict, Yardstick};
use hoso::source::{FileId, Sources};
use hoso::verify::{Report, verify, verify_bundle};

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, paths);
        } else {
            paths.push(path);
        }
    }
}

/// Every redesign, beside the texts of the catalogue; the scenarios that compare them are no redesigns.
fn redesigns() -> Vec<(String, Sources, FileId)> {
    let mut paths = Vec::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("procedures/redesigns");
    collect(&folder, &mut paths);
    let load = |path: &PathBuf| {
        let name = path.strip_prefix(&folder).unwrap().display().to_string();
        let mut sources = catalogue::sources();
        let file = sources.add(name.as_str(), std::fs::read_to_string(path).unwrap());
        (name, sources, file)
    };
    let all = paths.iter().map(load);
    let redesigns: Vec<_> = all
        .filter(|(_, sources, file)| sources.file(*file).unwrap().head() != Some("scenario"))
        .collect();
    assert!(redesigns.len() >= 5);
    redesigns
}

#[test]
fn each_loads_beside_the_catalogue_and_is_verified_without_an_error() {
    for (name, sources, file) in redesigns() {
        let (procedures, bundles, found) = definition::load_all(&sources);
        let calendar = Calendar::parse_all(&sources).0.into_iter().find(|it| it.id() == *"hanoi");
        let calendar = calendar.unwrap();
        let own = procedures.iter().filter(|it| it.span().file() == file);
        let leads = bundles.iter().filter(|it| it.lead().span().file() == file);
        let alone = own.clone().flat_map(|it| verify(it, &calendar).into_findings());
        let joined = leads.clone().flat_map(|it| verify_bundle(it, &calendar));
        let joined = joined.flat_map(Report::into_findings);
        let found: Vec<Diagnostic> = found.into_iter().chain(alone).chain(joined).collect();
        let is_grave = |it: &&Diagnostic| match it.severity() {
            Severity::Error => true,
            Severity::Warning => it.span().file() == file,
            _ => false,
        };
        let grave: Vec<&Diagnostic> = found.iter().filter(is_grave).collect();
        assert!(grave.is_empty(), "{name}: {grave:#?}");
        let heads: Vec<Status> =
            own.map(|it| it.status()).chain(leads.map(|it| it.lead().status())).collect();
        assert_eq!(heads, [Status::Proposed], "{name} compiles to one version, not in force");
    }
}

#[test]
fn each_is_stored_in_canonical_form() {
    for (name, sources, file) in redesigns() {
        let text = sources.file(file).unwrap().text();
        assert_eq!(definition::format_text(&sources, file).unwrap(), text, "{name}");
    }
}

/// Judges one file of some texts against another, by the prices of a day.
fn judge(sources: &Sources, day: &str, pair: (FileId, FileId), then: impl FnOnce(&Verdict<'_>)) {
    let (procedures, bundles, found) = definition::load_all(sources);
    let is_error = |it: &&Diagnostic| it.severity() == Severity::Error;
    let errors: Vec<&Diagnostic> = found.iter().filter(is_error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let alone = procedures.iter().map(|it| (it.span().file(), Design::of(it)));
    let joined = bundles.iter().map(|it| (it.lead().span().file(), Design::of_bundle(it)));
    let designs: Vec<(FileId, Design<'_>)> = alone.chain(joined).collect();
    let calendars = Calendar::parse_all(sources).0;
    let calendar = calendars.iter().find(|it| it.id() == *"hanoi").unwrap();
    let (norms, tariffs) = (cost::load(sources).0, fee::load(sources).0);
    let norms = norms.iter().find(|it| it.id() == *"vietnam-2023").unwrap();
    let tariff = tariffs.iter().find(|it| it.id() == *"hanoi").unwrap();
    let setting = Setting::new(norms, day.parse().unwrap()).with_tariff(tariff);
    let by = Yardstick::new(setting, calendar);
    let of = |file: FileId| &designs.iter().rfind(|(it, _)| *it == file).unwrap().1;
    then(&Verdict::between(of(pair.0), of(pair.1), &by).unwrap());
}

fn text(path: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("procedures");
    std::fs::read_to_string(folder.join(path)).unwrap()
}

/// Judges a text that stands beside the catalogue against another.
fn compare(before: &str, after: &str, day: &str, then: impl FnOnce(&Verdict<'_>)) {
    let mut sources = catalogue::sources();
    let mut add = |name: &str, text: &str| {
        let known = sources.iter().find(|(_, it)| it.text() == text).map(|(file, _)| file);
        known.unwrap_or_else(|| sources.add(name, text))
    };
    let pair = (add("before.toml", before), add("after.toml", after));
    judge(&sources, day, pair, then);
}

fn codes(verdict: &Verdict<'_>) -> Vec<String> {
    let mut codes: Vec<String> =
        verdict.objections().iter().map(|it| it.code().to_owned()).collect();
    codes.dedup();
    codes
}

fn check(before: &str, after: &str, day: &str, expect: &Expect) {
    compare(&text(before), &text(after), day, |it| expect.assert_eq(&it.to_string()));
}

#[test]
fn what_every_pair_comes_to() {
    let household = |name: &str| format!("redesigns/household-business/{name}.toml");
    let pairs: [(String, String, &str, Expect); 8] = [
        (
            household("before"),
            household("a"),
            "2023-01-01",
            expect![[r#"
            simpler by 1/5: no
              burdens: 1 of 15 cut (1 removed, 0 simplified, 0 new), 6.67 %: missed
              cost: 407.323 to 354.075 đồng a case, 53.248 saved, 13.07 %: missed
              cost without fees: 307.323 to 254.075 đồng a case, 53.248 saved, 17.33 %: missed
        "#]],
        ),
        (
            household("before"),
            household("b"),
            "2023-01-01",
            expect![[r#"
            simpler by 1/5: no
              burdens: 2 of 15 cut (2 removed, 0 simplified, 0 new), 13.33 %: missed
              cost: 407.323 to 254.075 đồng a case, 153.248 saved, 37.62 %: reached
              cost without fees: 307.323 to 254.075 đồng a case, 53.248 saved, 17.33 %: missed
        "#]],
        ),
        (
            household("before"),
            household("c"),
            "2023-01-01",
            expect![[r#"
            simpler by 1/5: yes
              burdens: 3 of 15 cut (3 removed, 0 simplified, 0 new), 20.00 %: reached
              cost: 407.323 to 52.269 đồng a case, 355.054 saved, 87.17 %: reached
              cost without fees: 307.323 to 52.269 đồng a case, 255.054 saved, 82.99 %: reached
        "#]],
        ),
        (
            household("before"),
            household("d"),
            "2023-01-01",
            expect![[r#"
            simpler by 1/5: no
              burdens: 1 of 15 cut (1 removed, 0 simplified, 0 new), 6.67 %: missed
              cost: 407.323 to 285.827 đồng a case, 121.496 saved, 29.83 %: reached
              cost without fees: 307.323 to 185.827 đồng a case, 121.496 saved, 39.53 %: reached
        "#]],
        ),
        (
            household("before"),
            household("pretence"),
            "2023-01-01",
            expect![[r#"
            simpler by 1/5: no
              burdens: 3 of 15 cut (3 removed, 0 simplified, 2 new), 20.00 %: reached
              cost: 407.323 to 280.199 đồng a case, 127.124 saved, 31.21 %: reached
              cost without fees: 307.323 to 280.199 đồng a case, 27.124 saved, 8.83 %: missed
              objection burden-renamed: `document.identity-papers` is gone and `document.owner-record` asks for the same
                for example: identity-papers → owner-record
              objection burden-renamed: `document.premises-paper` is gone and `document.location-record` asks for the same
                for example: premises-paper → location-record
              objection burdens-added: 3 of 15 burdens are cut and 2 are new (`document.owner-record`, `document.location-record`): 1 of 15 misses the target
              objection cost-moved: One-stop unit bears 27.124 đồng a case after 0 đồng before
                for example: location-record
        "#]],
        ),
        (
            "redesigns/construction-permit/before.toml".into(),
            "redesigns/construction-permit/after.toml".into(),
            "2025-07-01",
            expect![[r#"
                simpler by 1/5: no
                  burdens: 1 of 19 cut (1 removed, 0 simplified, 0 new), 5.26 %: missed
                  cost: 424.447 to 329.075 đồng a case, 95.372 saved, 22.47 %: reached
                  cost without fees: 349.447 to 254.075 đồng a case, 95.372 saved, 27.29 %: reached
            "#]],
        ),
        (
            "redesigns/birth-group/before.toml".into(),
            "bundles/birth-group-2025-07.toml".into(),
            "2025-07-01",
            expect![[r#"
                simpler by 1/5: no
                  burdens: 9 of 46 cut (4 removed, 5 simplified, 1 new), 19.57 %: missed
                  cost: 335.488 to 40.207 đồng a case, 295.281 saved, 88.02 %: reached
                  cost without fees: 335.488 to 40.207 đồng a case, 295.281 saved, 88.02 %: reached
            "#]],
        ),
        (
            "redesigns/birth-group/before.toml".into(),
            "bundles/birth-group-2026-09.toml".into(),
            "2026-09-01",
            expect![[r#"
                simpler by 1/5: no
                  burdens: 9 of 46 cut (4 removed, 5 simplified, 1 new), 19.57 %: missed
                  cost: 335.488 to 40.207 đồng a case, 295.281 saved, 88.02 %: reached
                  cost without fees: 335.488 to 40.207 đồng a case, 295.281 saved, 88.02 %: reached
            "#]],
        ),
    ];
    for (before, after, day, expect) in &pairs {
        check(before, after, day, expect);
    }
}

/// What is tried, what is replaced in the text by what, the leg that is missed, the objections.
type Cheat =
    (&'static str, &'static [(&'static str, &'static str)], &'static str, &'static [&'static str]);

/// Tricks on the honest scenario C: what is replaced or added in the text, which leg it misses, and the objections.
const CHEATS: &[Cheat] = &[
    ("as it is, which is honest", &[], "", &[]),
    (
        "a paper asked for under another name and another law",
        &[(
            "[compliance]",
            "[document.slip]\nname = 'Phiếu thông tin'\ncopies = 1\ncertified = true\npages = 2\nlaw = ['conditions']\n\n[compliance]",
        )],
        "",
        &["burdens-added"],
    ),
    (
        "a paper asked for under another name",
        &[(
            "[compliance]",
            "[document.owner]\nname = 'Hồ sơ'\ncopies = 1\ncertified = true\npages = 2\nlaw = ['decree']\n\n[compliance]",
        )],
        "",
        &["burden-renamed", "burdens-added"],
    ),
    (
        "a paper split in two of which one is dropped",
        &[
            ("\"fee.registration\"]", "\"fee.registration\", \"document.identity-papers\"]"),
            (
                "[compliance]",
                "[document.front]\nname = 'Mặt trước'\ncopies = 1\ncertified = true\npages = 2\nreplaces = ['document.identity-papers']\n\n[compliance]",
            ),
        ],
        "burdens",
        &[],
    ),
    (
        "the fee asked for as a paper",
        &[(
            "[compliance]",
            "[document.receipt]\nname = 'Biên lai lệ phí đăng ký'\noriginals = 1\nlaw = ['fees']\n\n[compliance]",
        )],
        "",
        &["burdens-added"],
    ),
    (
        "a term in another unit that hides that it is longer",
        &[(
            "[compliance]",
            "[term.decision]\nname = 'Thời hạn cấp đăng ký'\nlimit = '5 days'\nstarts = ['accept']\nlaw = ['decree', 'slip']\n\n[compliance]",
        )],
        "",
        &["term-longer", "term-broken"],
    ),
    (
        "work moved to another agency",
        &[(
            "[compliance]",
            "[role.bureau]\nname = 'Cơ quan thuế'\n\n[activity.scan]\nfor = 'document.premises-paper'\nitem = 'copy'\nborne-by = 'bureau'\n\n[compliance]",
        )],
        "",
        &["cost-moved"],
    ),
    (
        "a step gone, and those that are left slower",
        &[(
            "[compliance]",
            "[state.under-review]\nname = 'Đang thẩm định'\nrole = 'specialist'\nportal-status = 4\nbudget = '30 working hours'\n\n[compliance]",
        )],
        "",
        &["term-broken"],
    ),
    (
        "a waiver to hide it",
        &[(
            "[compliance]",
            "[state.under-review]\nname = 'Đang thẩm định'\nrole = 'specialist'\nportal-status = 4\nbudget = '30 working hours'\n\n[waiver.slow]\nrule = 'budgets-exceed-limit'\nat = 'term.decision'\nreason = 'invented'\nlaw = ['decree']\n\n[compliance]",
        )],
        "",
        &["term-broken"],
    ),
    (
        "fewer who are granted",
        &[
            ("and not partner-elsewhere\"", "and not partner-elsewhere and local\""),
            ("or partner-elsewhere\"", "or partner-elsewhere or not local\""),
            ("[fact.partner", "[fact.local]\ntype = 'boolean'\nby = 'specialist'\n\n[fact.partner"),
        ],
        "",
        &["burdens-added", "outcome-changed"],
    ),
    (
        "more who are granted, without a word",
        &[("and not partner-elsewhere\"", "\""), (" or partner-elsewhere\"", "\"")],
        "",
        &["outcome-changed"],
    ),
    (
        "work that no norm prices",
        &[("[compliance]", "[activity.travel]\nitem = 'no-such-item'\n\n[compliance]")],
        "cost",
        &["cost-unknown"],
    ),
    (
        "a cheaper case",
        &[("channel = \"online\"", "channel = \"online\"\ncase = 'name-valid'")],
        "",
        &["case-changed"],
    ),
    (
        "a cheaper item for the same work",
        &[(
            "[compliance]",
            "[activity.fill-in]\nfor = 'document.application'\nitem = 'receive/online'\n\n[compliance]",
        )],
        "",
        &["case-changed"],
    ),
    (
        "a dearer item for the same work, which is honest",
        &[(
            "[compliance]",
            "[activity.fill-in]\nfor = 'document.application'\nitem = 'form/online-blank'\n\n[compliance]",
        )],
        "",
        &[],
    ),
];

#[test]
fn every_cheat_fails_with_the_right_objection() {
    let case = "channel = \"counter\"\ncase = 'not name-valid'";
    let before =
        text("redesigns/household-business/before.toml").replace("channel = \"counter\"", case);
    let honest = text("redesigns/household-business/c.toml");
    for (name, changes, missed, expected) in CHEATS {
        let mut after = honest.clone();
        for (from, to) in *changes {
            assert!(after.contains(from), "{name}: nothing reads {from}");
            after = after.replace(from, to);
        }
        compare(&before, &after, "2023-01-01", |it| {
            assert_eq!(codes(it), *expected, "{name}: {it}");
            assert_eq!(it.holds(), name.ends_with("which is honest"), "{name}: {it}");
            let Legs { burdens, cost, cost_without_fees, .. } = it.legs();
            let reached = [burdens, cost, cost_without_fees];
            let wanted = [*missed != "burdens", *missed != "cost", *missed != "cost"];
            assert_eq!(reached, wanted, "{name}: {it}");
        });
    }
}

#[test]
fn nothing_is_simpler_than_itself() {
    let sources = catalogue::sources();
    let (procedures, bundles, _) = definition::load_all(&sources);
    let calendars = Calendar::parse_all(&sources).0;
    let calendar = calendars.iter().find(|it| it.id() == *"hanoi").unwrap();
    let (norms, tariffs) = (cost::load(&sources).0, fee::load(&sources).0);
    let norms = norms.iter().find(|it| it.id() == *"vietnam-2023").unwrap();
    let tariff = tariffs.iter().find(|it| it.id() == *"hanoi").unwrap();
    let designs = procedures.iter().map(Design::of).chain(bundles.iter().map(Design::of_bundle));
    for design in designs {
        let day = design.lead().effective().from();
        let by = Yardstick::new(Setting::new(norms, day).with_tariff(tariff), calendar);
        let verdict = Verdict::between(&design, &design, &by).unwrap();
        let name = format!("{} {}", design.lead().id(), design.lead().version());
        assert!(!verdict.holds() && verdict.cut() == 0, "{name}: {verdict}");
        assert!(verdict.objections().is_empty(), "{name}: {verdict}");
    }
}

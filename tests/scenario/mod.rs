//! Reads the scenarios under `tests/corpus/scenario`.
//!
//! A key that nobody reads is a mistake in the corpus, not an extension.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveTime};
use toml::de::{DeTable, DeValue};

pub(crate) type Moment = DateTime<FixedOffset>;

/// A table of which every key must be read.
#[derive(Debug)]
pub(crate) struct Table<'t> {
    place: String,
    left: BTreeMap<String, &'t DeValue<'t>>,
}

impl<'t> Table<'t> {
    fn new(place: String, table: &'t DeTable<'t>) -> Self {
        let left = table.iter().map(|(key, it)| (key.get_ref().to_string(), it.get_ref()));
        Self { place, left: left.collect() }
    }

    fn take(&mut self, key: &str) -> Option<&'t DeValue<'t>> {
        self.left.remove(key)
    }

    #[track_caller]
    fn need(&mut self, key: &str) -> String {
        self.find(key).unwrap_or_else(|| panic!("{}: no `{key}`", self.place))
    }

    fn find(&mut self, key: &str) -> Option<String> {
        self.take(key).map(text_of)
    }

    fn list(&mut self, key: &str) -> Vec<String> {
        let list = self.take(key).and_then(DeValue::as_array);
        list.into_iter().flatten().map(|it| text_of(it.get_ref())).collect()
    }

    fn pairs(&mut self, key: &str) -> Vec<(String, String)> {
        let table = self.take(key).and_then(DeValue::as_table);
        let entries = table.into_iter().flat_map(DeTable::iter);
        entries.map(|(key, it)| (key.get_ref().to_string(), text_of(it.get_ref()))).collect()
    }

    fn table(&mut self, key: &str) -> Self {
        let place = format!("{}, `{key}`", self.place);
        match self.take(key) {
            Some(it) => Self::new(place, it.as_table().unwrap()),
            None => Self { place, left: BTreeMap::new() },
        }
    }

    fn tables(&mut self, key: &str) -> Vec<Self> {
        let list = self.take(key).and_then(DeValue::as_array).into_iter().flatten();
        let tables = list.enumerate().map(|(at, it)| {
            let place = format!("{}, {key} {}", self.place, at + 1);
            Self::new(place, it.get_ref().as_table().unwrap())
        });
        tables.collect()
    }

    #[track_caller]
    fn finish(self) {
        assert!(self.left.is_empty(), "{}: nobody reads {:?}", self.place, self.left.keys());
    }
}

fn text_of(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(it) => it.to_string(),
        DeValue::Integer(it) => it.to_string(),
        DeValue::Boolean(it) => it.to_string(),
        DeValue::Datetime(it) => it.to_string(),
        other => panic!("a scenario has no {other:?}"),
    }
}

/// A dossier from its filing on, and what must come of every step.
#[derive(Clone, Debug)]
pub(crate) struct Scenario {
    pub(crate) id: String,
    pub(crate) law: String,
    pub(crate) procedure: String,
    /// The days on which it is filed; it runs once for each.
    pub(crate) on: Vec<NaiveDate>,
    pub(crate) filed: Step,
    /// The scenario whose steps this one repeats from another filing.
    pub(crate) like: Option<String>,
    pub(crate) steps: Vec<Step>,
}

/// A command, or time that passes, with what is expected.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub(crate) place: String,
    pub(crate) at: String,
    pub(crate) by: String,
    pub(crate) order: String,
    pub(crate) channel: String,
    pub(crate) received_by: Option<String>,
    pub(crate) facts: Vec<(String, String)>,
    /// Names; `name@database` where a database answers.
    pub(crate) documents: Vec<String>,
    pub(crate) reason: Option<String>,
    pub(crate) competent: Option<String>,
    pub(crate) new_due: Option<String>,
    pub(crate) amount: Option<String>,
    pub(crate) fee: Option<String>,
    pub(crate) code: Option<String>,
    pub(crate) consultation: Option<String>,
    pub(crate) opinion: Option<String>,
    pub(crate) document: Option<String>,
    /// The version that decides, where it is not the one that governs.
    pub(crate) under: Option<String>,
    pub(crate) refused: Vec<String>,
    pub(crate) then: Expected,
}

/// What is said of a dossier after a step; what is left out is not checked, but no breach is overlooked.
#[derive(Clone, Debug)]
pub(crate) struct Expected {
    pub(crate) state: Option<String>,
    pub(crate) status: Option<String>,
    pub(crate) due: Option<String>,
    pub(crate) terms: Vec<(String, String)>,
    pub(crate) breaches: Vec<String>,
    pub(crate) version: Option<String>,
    pub(crate) overdue: Option<String>,
    pub(crate) owed: Option<String>,
    /// Who acts: one authority, or several joined by `or`.
    pub(crate) acting: Option<String>,
    /// The moments of what happened by itself before the step.
    pub(crate) stamped: Vec<String>,
}

impl Scenario {
    fn read(mut table: Table<'_>) -> Self {
        let mut filed = table.table("filed");
        let id = table.need("id");
        table.need("name");
        let scenario = Self {
            like: table.find("like"),
            law: table.need("law"),
            procedure: table.need("procedure"),
            on: table.list("on").iter().map(|it| it.parse().unwrap()).collect(),
            filed: Step {
                at: filed.find("at").unwrap_or_else(|| "08:30".into()),
                by: filed.find("by").unwrap_or_else(|| "lan/applicant".into()),
                channel: filed.find("channel").unwrap_or_else(|| "counter".into()),
                received_by: filed.find("received-by"),
                ..Step::read(filed, "file")
            },
            steps: table
                .tables("step")
                .into_iter()
                .map(|mut it| {
                    let order = it.need("do");
                    let (at, by) = (it.need("at"), it.find("by").unwrap_or_default());
                    Step { at, by, ..Step::read(it, &order) }
                })
                .collect(),
            id,
        };
        table.finish();
        scenario
    }
}

impl Step {
    fn read(mut table: Table<'_>, order: &str) -> Self {
        let step = Self {
            place: table.place.clone(),
            at: String::new(),
            by: String::new(),
            order: order.into(),
            channel: String::new(),
            received_by: None,
            facts: table.pairs("facts"),
            documents: table.list("documents"),
            reason: table.find("reason"),
            competent: table.find("competent"),
            new_due: table.find("new-due"),
            amount: table.find("amount"),
            fee: table.find("fee"),
            code: table.find("code"),
            consultation: table.find("consultation"),
            opinion: table.find("opinion"),
            document: table.find("document"),
            under: table.find("under"),
            refused: table.list("refused"),
            then: Expected::read(table.table("then")),
        };
        table.finish();
        step
    }
}

impl Expected {
    fn read(mut table: Table<'_>) -> Self {
        let expected = Self {
            state: table.find("state"),
            status: table.find("status"),
            due: table.find("due"),
            terms: table.pairs("terms"),
            breaches: table.list("breaches"),
            version: table.find("version"),
            overdue: table.find("overdue"),
            owed: table.find("owed"),
            acting: table.find("acting"),
            stamped: table.list("stamped"),
        };
        table.finish();
        expected
    }
}

/// Reads every scenario of a text.
pub(crate) fn scenarios(path: &Path) -> Vec<Scenario> {
    let text = std::fs::read_to_string(path).unwrap();
    let file = path.file_name().unwrap().to_string_lossy().into_owned();
    let parsed = DeTable::parse(&text).unwrap_or_else(|error| panic!("{file}: {error}"));
    let mut table = Table::new(file, parsed.get_ref());
    table.need("format");
    let scenarios = table.tables("scenario").into_iter().map(|mut it| {
        let id = it.left.get("id").map(|it| text_of(it)).unwrap_or_default();
        it.place = format!("{} {id}", it.place);
        Scenario::read(it)
    });
    let scenarios = scenarios.collect();
    table.finish();
    scenarios
}

/// A day: `+3` is three days after the filing.
pub(crate) fn date(text: &str, filed: NaiveDate) -> NaiveDate {
    match text.strip_prefix('+') {
        Some(days) => filed + Days::new(days.parse().unwrap()),
        None => text.parse().unwrap_or_else(|_| panic!("`{text}` is no day")),
    }
}

/// A moment: `09:00` on the day of filing, `+3 09:00`, `2026-03-05 09:00`.
pub(crate) fn moment(text: &str, filed: NaiveDate) -> Moment {
    let (day, time) = text.rsplit_once(' ').unwrap_or(("+0", text));
    let time: NaiveTime = time.parse().unwrap_or_else(|_| panic!("`{text}` is no moment"));
    let local = date(day, filed).and_time(time);
    local.and_local_timezone(FixedOffset::east_opt(7 * 3600).unwrap()).unwrap()
}

/// The end of a term: a moment, or a day to its last second.
pub(crate) fn end(text: &str, filed: NaiveDate) -> Moment {
    if text.contains(':') {
        moment(text, filed)
    } else {
        moment(&format!("{text} 23:59:59"), filed)
    }
}

//! A due date, or why there is none, as `hoso due` prints it.

use std::fmt::Write as _;

use chrono::NaiveDate;
use hoso::calendar::Calendar;
use hoso::clock::{Ledger, Length};
use hoso::definition::Procedure;
use hoso::error::Error;
use hoso::id::Id;
use hoso::text::Lang;
use serde_json::{Value, json};

use crate::answer::{Answer, put};
use crate::args::Global;
use crate::moment::Moment;
use crate::{ledger, moment};

/// What was asked, and what came out.
#[derive(Debug)]
pub(crate) struct Account<'c> {
    calendar: &'c Calendar,
    length: Option<Length>,
    procedure: Option<(Id, Id, String)>,
    found: Result<Ledger, Without>,
}

/// Why there is no due date: a word, and the facts.
#[derive(Debug)]
struct Without {
    code: &'static str,
    why: String,
}

impl<'c> Account<'c> {
    /// Creates an account that has yet to find its due date.
    pub(crate) fn of(calendar: &'c Calendar, length: Option<Length>) -> Self {
        let found = Err(Without { code: "unknown", why: String::new() });
        Self { calendar, length, procedure: None, found }
    }

    pub(crate) fn with(self, ledger: Ledger) -> Self {
        Self { found: Ok(ledger), ..self }
    }

    pub(crate) fn without(self, code: &'static str, why: impl ToString) -> Self {
        Self { found: Err(Without { code, why: why.to_string() }), ..self }
    }

    /// Names the version and term by which it ran.
    pub(crate) fn under(self, procedure: &Procedure, term: &str) -> Self {
        let named = (*procedure.id(), *procedure.version(), term.into());
        Self { procedure: Some(named), ..self }
    }
}

/// Answers with a due date and its ledger; without one the status is 1.
pub(crate) fn print(global: &Global, account: &Account<'_>) -> Answer {
    let lang = global.lang();
    let holds = account.found.is_ok();
    Answer::new(global, || data(account, lang), || text(account, lang)).holds_if(holds)
}

fn data(account: &Account<'_>, lang: Lang) -> Value {
    let ledger = account.found.as_ref().ok();
    let due = ledger.map(Ledger::due);
    let mut data = data_of(
        account.calendar,
        due.map(|it| it.date()),
        due.map(|it| it.moment()),
        due.map(|it| it.is_provisional()),
    );
    put(&mut data, "limit", account.length.map(|it| it.to_string()));
    put(&mut data, "ledger", ledger.map_or(json!([]), |it| ledger::data(it, lang)));
    if let Some((id, version, term)) = &account.procedure {
        put(&mut data, "procedure", id.as_str());
        put(&mut data, "version", version.as_str());
        put(&mut data, "term", term.as_str());
    }
    if let Err(without) = &account.found {
        put(&mut data, "why", without.code);
        put(&mut data, "message", without.why.as_str());
    }
    data
}

/// Returns the keys that every answer has, in their order.
fn data_of(
    calendar: &Calendar,
    day: Option<NaiveDate>,
    end: Option<Moment>,
    provisional: Option<bool>,
) -> Value {
    json!({
        "due-date": day.map(|it| it.to_string()),
        "due": end.map(|it| it.to_rfc3339()),
        "limit": null,
        "calendar": calendar.id().as_str(),
        "calendar-revision": calendar.revision().to_string(),
        "provisional": provisional,
        "ledger": [],
    })
}

fn text(account: &Account<'_>, lang: Lang) -> String {
    let mut out = String::new();
    match &account.found {
        Ok(ledger) => {
            let due = ledger.due();
            let day = moment::weekday(due.date(), lang);
            let label = lang.pick("Hạn trả kết quả", "Due");
            let _ = writeln!(out, "{label}: {} ({day})", moment::people(due.moment()));
            context(account, lang, &mut out);
            if due.is_provisional() {
                out.push_str(lang.pick(
                    "  Tạm tính: lịch nghỉ của một ngày trong khoảng này chưa ban hành chính thức\n",
                    "  Provisional: a day on the way is not finally decreed\n",
                ));
            }
            out.push('\n');
            ledger::table(ledger, lang, "  ", &mut out);
        }
        Err(without) => {
            let label = lang.pick("Chưa xác định được hạn", "No due date");
            let _ = writeln!(out, "{label}: {}", without.why);
            context(account, lang, &mut out);
        }
    }
    out
}

/// Says what ran, and by which calendar.
fn context(account: &Account<'_>, lang: Lang, out: &mut String) {
    if let Some((id, version, term)) = &account.procedure {
        let _ = writeln!(out, "  {id} {version}, {} `{term}`", lang.pick("thời hạn", "term"));
    }
    if let Some(length) = account.length {
        let _ = writeln!(out, "  {}", length.label(lang));
    }
    let calendar = account.calendar;
    let known = lang.pick("theo văn bản đến ngày", "as decreed by");
    let _ = writeln!(out, "  {} ({known} {})", calendar.name(lang), calendar.revision());
}

/// Answers with the latest day for an apology.
pub(crate) fn apology(
    global: &Global,
    calendar: &Calendar,
    before: NaiveDate,
    day: Result<NaiveDate, Error>,
) -> Answer {
    let lang = global.lang();
    let (day, why) = match day {
        Ok(day) => (Some(day), None),
        Err(error) => (None, Some(error.to_string())),
    };
    let end = |day: NaiveDate| {
        day.and_hms_opt(23, 59, 59)?.and_local_timezone(calendar.offset()).single()
    };
    let data = || {
        let provisional = day.and_then(|it| calendar.is_provisional(it, before).ok());
        let mut data = data_of(calendar, day, day.and_then(end), provisional);
        if let Some(why) = &why {
            put(&mut data, "why", "uncovered");
            put(&mut data, "message", why.as_str());
        }
        data
    };
    let text = || match (day, &why) {
        (Some(day), _) => format!(
            "{} {before}: {day} ({})\n",
            lang.pick("Ngày cuối để xin lỗi trước hạn", "Latest day for an apology before"),
            moment::weekday(day, lang)
        ),
        (None, why) => format!("{}\n", why.as_deref().unwrap_or_default()),
    };
    Answer::new(global, data, text).holds_if(day.is_some())
}

//! The command line: what may be asked, and how it is written.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use hoso::text::Lang;

/// Administrative procedures at the desk: when the answer is due, what it costs,
/// what may happen to a dossier now, and who stands in the way.
#[derive(Debug, Parser)]
#[command(
    name = "hoso",
    version,
    arg_required_else_help = true,
    after_help = "\
Exit status: 0 it holds, or the work was done; 1 the answer is no, or not known;
2 the call or a file could not be read, and nothing was printed to standard output.

Moments are written YYYY-MM-DDTHH:MM[:SS], in local time of the calendar unless an
offset such as +07:00 follows; dates are written YYYY-MM-DD."
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What every command takes.
#[derive(Args, Debug)]
pub(crate) struct Global {
    /// A folder of definitions instead of those built in; calendars, tariffs and life
    /// cycles that it lacks are taken from those built in
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) procedures: Option<PathBuf>,
    /// How the answer is printed
    #[arg(long, global = true, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// Language of labels, reasons and ledgers [default: from LANG, else en]
    #[arg(long, global = true, value_enum)]
    pub(crate) lang: Option<Language>,
}

impl Global {
    /// Returns the language asked for, else that of the environment.
    pub(crate) fn lang(&self) -> Lang {
        match self.lang {
            Some(Language::Vi) => Lang::Vi,
            Some(Language::En) => Lang::En,
            None if std::env::var("LANG").is_ok_and(|it| it.starts_with("vi")) => Lang::Vi,
            None => Lang::En,
        }
    }
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// One document for programs
    Json,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum Language {
    /// Vietnamese
    Vi,
    /// English
    En,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Check(Check),
    Explain(Explain),
    Fmt(Fmt),
    Show(Show),
    Catalogue(Catalogue),
    Export(Export),
    Due(Due),
    Fee(Fee),
    Cost(Cost),
    Run(Run),
    Options(Options),
    Migrate(Migrate),
    Replay(Replay),
    Diff(Diff),
    Compare(Compare),
    Simulate(Simulate),
    Merge(Merge),
    Calibrate(Calibrate),
    Staff(Staff),
}

/// Check definitions, life cycles, calendars and tariffs
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  hoso check procedures/
  hoso check draft.toml --notes
  hoso check --deny assumed procedures/ --format json

A life cycle, calendar or tariff that a text refers to and that is not among PATH is
looked up in --procedures, else among those built in. Without PATH that catalogue itself
is checked.")]
pub(crate) struct Check {
    /// Files, or folders whose .toml files are taken
    pub(crate) path: Vec<PathBuf>,
    /// Let a diagnostic of this code, of whatever severity, make the exit status 1
    #[arg(long, value_name = "CODE")]
    pub(crate) deny: Vec<String>,
    /// Let a diagnostic of this code leave the exit status as it is
    #[arg(long, value_name = "CODE")]
    pub(crate) warn: Vec<String>,
    /// Show every note, such as what was assumed and what is not known
    #[arg(long)]
    pub(crate) notes: bool,
}

/// Print the manual page of a diagnostic code
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  hoso explain cannot-finish
  hoso explain                        # every code there is")]
pub(crate) struct Explain {
    /// A code, as `hoso check` prints it in brackets; all of them without it
    pub(crate) code: Option<String>,
}

/// Write texts in their canonical form
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  hoso fmt procedures/
  hoso fmt --check procedures/        # status 1 when a file is not in canonical form

The canonical form holds everything that a text says, and nothing else: comments are
lost. Write what a reader must know as `note = \"…\"`. A file with errors is left alone.")]
pub(crate) struct Fmt {
    /// Files, or folders whose .toml files are taken
    #[arg(required_unless_present = "procedures")]
    pub(crate) path: Vec<PathBuf>,
    /// Change nothing; name the files that are not in canonical form
    #[arg(long)]
    pub(crate) check: bool,
}

/// Show a procedure as a person reads it
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  hoso show construction-permit-house
  hoso show construction-permit-house@2024-12
  hoso show 1.001193 --on 2025-03-01 --lang vi
  hoso show birth-registration --graph svg > birth.svg")]
pub(crate) struct Show {
    /// Id of the procedure, or its national code; @VERSION names one of several
    #[arg(value_name = "CODE|ID")]
    pub(crate) procedure: String,
    /// The version in force on this day [default: today, else the newest]
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<String>,
    /// The state graph instead, as a drawing
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    pub(crate) graph: Option<Drawing>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum Drawing {
    /// A state diagram of Mermaid
    Mermaid,
    /// A directed graph of Graphviz
    Dot,
    /// A picture
    Svg,
}

/// Hand a procedure to another tool
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  hoso export construction-permit-house --to bpmn > permit.bpmn
  hoso export 1.001193 --on 2026-03-02 --to json-schema
  hoso export birth-group/residence --to pnml     # a part of a bundle

What the law leaves unknown stays unknown: a term in working days has no ISO 8601 duration,
and a fee has no amount, since a tariff prices it.")]
pub(crate) struct Export {
    /// Id of the procedure, or its national code
    #[arg(value_name = "CODE|ID")]
    pub(crate) procedure: String,
    /// The language of the other tool
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    pub(crate) to: Foreign,
    /// The version in force on this day [default: today, else the newest]
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<String>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum Foreign {
    /// A collaboration of BPMN 2.0, with its diagram
    Bpmn,
    /// What a filing must hold, as JSON Schema 2020-12
    JsonSchema,
    /// A public service of CPSV-AP 3.2, as JSON-LD
    Cpsv,
    /// A workflow net of PNML
    Pnml,
}

/// List every procedure with its level, its row of the essential services, and what is free online
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  hoso catalogue
  hoso catalogue --on 2025-10-01 --lang vi

A procedure that the register lists and no definition describes is shown as missing. What
does not add up in published figures is computed from them.")]
pub(crate) struct Catalogue {
    /// What is in force, full online and free on this day [default: today]
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<String>,
    /// The register
    #[arg(long, value_name = "NAME", default_value = "hanoi")]
    pub(crate) register: String,
}

/// Say when the answer is due, with the account of every day
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  hoso due --limit \"5 working days\" --from 2026-04-24T16:00
  hoso due --rule same-day-15 --from 2026-03-06T15:30
  hoso due construction-permit-house --accepted 2026-03-02T09:00 --fact floors=3
  hoso due birth-group/residence --accepted 2026-03-09T13:40
  hoso due --limit \"15 days\" --from 2026-03-02T09:00 --suspend 2026-03-04..2026-03-10
  hoso due --before 2026-06-15 --policy apology=calendar-day

Limits are written in `working days`, `days`, `months`, `years`, `working hours` or
`clock hours`; no unit is converted into another.

Policies, the default first:
  after-15=literal|deemed-next-day|count-reception-day|may-finish-next
  at-15-sharp=same-day|next          saturday-counter=next|same-day
  swapped-day-off=rest|ordinary      swapped-saturday=works|rest
  leap-day=last|roll                 clock-hours=literal|rolled
  non-boundary=competent|received    apology=working-day|calendar-day")]
pub(crate) struct Due {
    /// Id of a procedure, or its national code; with /NAME a part of a bundle
    #[arg(value_name = "CODE|ID")]
    pub(crate) procedure: Option<String>,
    /// A bare limit, such as "5 working days"
    #[arg(long, value_name = "LIMIT")]
    pub(crate) limit: Option<String>,
    /// A rule around 15 o'clock
    #[arg(long, value_parser = ["same-day-15", "transfer-15"])]
    pub(crate) rule: Option<String>,
    /// When it was received, or the procedure's dossier accepted
    #[arg(long, visible_alias = "accepted", value_name = "MOMENT")]
    pub(crate) from: Option<String>,
    /// The term of the procedure
    #[arg(long, value_name = "NAME", default_value = "decision")]
    pub(crate) term: String,
    /// A fact of the case that selects the length
    #[arg(long, value_name = "NAME=VALUE")]
    pub(crate) fact: Vec<String>,
    /// It did not run after FROM, up to and including TO (moments or dates); without TO it stands still
    #[arg(long, value_name = "FROM..TO")]
    pub(crate) suspend: Vec<String>,
    /// It began anew then
    #[arg(long, value_name = "MOMENT")]
    pub(crate) restart: Option<String>,
    /// It was extended by this limit
    #[arg(long, value_name = "LIMIT")]
    pub(crate) extend: Vec<String>,
    /// The competent authority received it then
    #[arg(long, value_name = "MOMENT")]
    pub(crate) competent: Option<String>,
    /// The latest day for an apology before this due date
    #[arg(long, value_name = "DATE", conflicts_with_all = ["procedure", "limit", "rule"])]
    pub(crate) before: Option<String>,
    /// A reading that the law leaves open
    #[arg(long, value_name = "NAME=VALUE")]
    pub(crate) policy: Vec<String>,
    #[command(flatten)]
    pub(crate) calendar: CalendarArgs,
}

/// Which calendar counts.
#[derive(Args, Debug)]
pub(crate) struct CalendarArgs {
    /// The calendar that counts
    #[arg(long, value_name = "NAME", default_value = "hanoi")]
    pub(crate) calendar: String,
    /// What had been decreed by this day [default: everything]
    #[arg(long, value_name = "DATE")]
    pub(crate) calendar_revision: Option<String>,
}

/// What dossiers are decided by, beside their procedures.
#[derive(Args, Debug)]
pub(crate) struct OfficeArgs {
    /// The tariff
    #[arg(long, value_name = "NAME", default_value = "hanoi")]
    pub(crate) tariff: String,
    /// The authorities among which a receiver is looked up
    #[arg(long, value_name = "NAME", default_value = "hanoi")]
    pub(crate) authorities: String,
    #[command(flatten)]
    pub(crate) calendar: CalendarArgs,
}

/// Say what an item, or every fee of a procedure, costs
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  hoso fee residence/permanent --on 2024-06-03 --channel online
  hoso fee construction-permit/house --on 2026-03-02 --channel counter --fact applicant=elderly
  hoso fee 1.004194 --on 2026-03-02 --channel counter

An amount that nobody could find is not known: status 1, never zero.")]
pub(crate) struct Fee {
    /// An item of the tariff, or id or code of a procedure for all of its fees
    #[arg(value_name = "ITEM|CODE|ID")]
    pub(crate) item: String,
    /// The day of filing
    #[arg(long, value_name = "DATE")]
    pub(crate) on: String,
    /// The way of filing
    #[arg(long, value_parser = ["counter", "postal", "online"])]
    pub(crate) channel: String,
    /// How many: copies, certificates, persons of a list
    #[arg(long, default_value_t = 1, allow_negative_numbers = true)]
    pub(crate) quantity: i64,
    /// A fact of the case
    #[arg(long, value_name = "NAME=VALUE")]
    pub(crate) fact: Vec<String>,
    /// The tariff
    #[arg(long, value_name = "NAME", default_value = "hanoi")]
    pub(crate) tariff: String,
}

/// Say what complying with a procedure costs, line by line
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  hoso cost construction-permit-extension --on 2026-03-02 --channel online
  hoso cost household-business-reissue --fact filed-by=owner
  hoso cost procedures/redesigns/household-business/before.toml
  hoso cost redesign.toml --against household-business-registration@2021-01 --adoption 68.7%

The cost is that of the typical case of [compliance]: time at the hourly income of the norms,
direct costs and fees (Circular 02/2017/TT-VPCP, Art. 27). What is not known is never zero:
the cost is not known then, with status 1.")]
pub(crate) struct Cost {
    /// A file, or id or code of a procedure; @VERSION names one of several
    #[arg(value_name = "FILE|CODE|ID")]
    pub(crate) procedure: String,
    /// The day of filing [default: today, else the first day of the version]
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<String>,
    /// The tariff
    #[arg(long, value_name = "NAME", default_value = "hanoi")]
    pub(crate) tariff: String,
    /// The norms of compliance cost
    #[arg(long, value_name = "NAME", default_value = "vietnam-2023")]
    pub(crate) norms: String,
    /// Another way of filing than that of the typical case
    #[arg(long, value_parser = ["counter", "postal", "online"])]
    pub(crate) channel: Option<String>,
    /// A fact of the case
    #[arg(long, value_name = "NAME=VALUE")]
    pub(crate) fact: Vec<String>,
    /// The design before, to which the cost is compared
    #[arg(long, value_name = "FILE|CODE|ID")]
    pub(crate) against: Option<String>,
    /// The share of cases that take the new way [default: that of the definition, else all]
    #[arg(long, value_name = "RATIO", requires = "against")]
    pub(crate) adoption: Option<String>,
    /// The share that is to be saved
    #[arg(long, value_name = "RATIO", default_value = "20%", requires = "against")]
    pub(crate) require: String,
}

/// Put dossiers through their procedures
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  hoso run morning.jsonl
  hoso run morning.jsonl --as-of 2026-03-31T17:00 --events events.jsonl --strict

A file holds one command a line; the first line of a dossier files it:
  {\"dossier\": \"A-1\", \"at\": \"2026-03-02T08:30\", \"actor\": {\"id\": \"an\", \"role\": \"applicant\"},
   \"do\": \"file\", \"procedure\": \"construction-permit-house\", \"channel\": \"counter\",
   \"facts\": {\"floors\": 3}, \"documents\": [\"application\", {\"document\": \"land-right\", \"database\": \"land-database\"}]}

What `do` may be, and which keys go with it, beside dossier, at, actor, id, expected-version:
  file        procedure, channel; received-by, facts, documents
  facts       facts
  document    document and database, or documents
  answer      consultation, opinion; facts
  pay         amount; fee
  sign        document (without it, the procedure's own transition of that name)
  migrate     nothing
  any other   a transition: facts, documents, reason, competent, new-due, amount, code

A bundle is filed like a procedure; its parts open by themselves. \"part\": NAME addresses a
part, whose dossier is reported as A-1/NAME; the results are returned with the case.

Lines of several dossiers may be mixed; within one dossier time never runs backwards. The
same `id` twice in a dossier is one command. A refused command is no error.")]
pub(crate) struct Run {
    /// Files of JSON Lines
    #[arg(required = true)]
    pub(crate) file: Vec<PathBuf>,
    /// Write every event: one a line, or for other tools as XES or OCEL 2.0
    #[arg(long, value_name = "OUT.jsonl|OUT.xes|OUT.ocel.json")]
    pub(crate) events: Option<PathBuf>,
    /// Let time pass to then [default: the last moment in the files]
    #[arg(long, value_name = "MOMENT")]
    pub(crate) as_of: Option<String>,
    /// Make a refusal status 1
    #[arg(long)]
    pub(crate) strict: bool,
    /// Account for every term, not only for the due date
    #[arg(long)]
    pub(crate) ledgers: bool,
    #[command(flatten)]
    pub(crate) office: OfficeArgs,
}

/// List what may happen to a dossier now, and what stands in the way
#[derive(Args, Debug)]
#[command(after_help = "\
Example:
  hoso run morning.jsonl --events events.jsonl
  hoso options events.jsonl A-1 --actor binh --role specialist --at 2026-03-04T10:00
  hoso options events.jsonl KS-01/residence --actor nam --role approver --at 2026-03-11T08:00")]
pub(crate) struct Options {
    /// Events written by `hoso run --events`
    #[arg(value_name = "EVENTS.jsonl")]
    pub(crate) events: PathBuf,
    /// The dossier, as its commands named it, or its UUID; with /NAME a part of a linked dossier
    pub(crate) dossier: String,
    /// Who asks
    #[arg(long, value_name = "ID")]
    pub(crate) actor: String,
    /// In which role of the procedure
    #[arg(long)]
    pub(crate) role: String,
    /// When
    #[arg(long, value_name = "MOMENT")]
    pub(crate) at: String,
    #[command(flatten)]
    pub(crate) office: OfficeArgs,
}

/// Say which recorded dossiers a definition explains, and where the others deviate
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  hoso replay log.csv --procedure construction-permit-house
  hoso replay log.xes.gz --procedure 1.001193 --ended --format json
  hoso replay log.csv --procedure birth-registration --column case=\"Mã số\" --map words.txt

A log is a table with a row for each event (.csv), XES (.xes, .xes.gz), or events of
`hoso run --events` (.jsonl). Of a table the columns case, activity and time must be there;
start, resource, role, lifecycle, channel and procedure may be; any other column named like a
fact is one. Common headings are known; --column says it where they are not. Activities are
steps by their names or by their Vietnamese or English labels, in whatever case and without
marks; --map FILE says the rest, one `WORD = NAME` a line, `-` for what is no step.

Each dossier is compared with the version of the day on which it was accepted. The deviations
are the fewest that explain it: steps that were not possible then, and steps that are missing.
What the system does by itself may be missing. Beside the order of steps, roles, four eyes,
counts, conditions and terms are judged, as far as the log tells of them.")]
pub(crate) struct Replay {
    #[command(flatten)]
    pub(crate) log: LogArgs,
    /// Every dossier has ended: what the procedure still asks for is missing
    #[arg(long)]
    pub(crate) ended: bool,
    /// The moment as of which open dossiers are judged [default: the last of the log]
    #[arg(long, value_name = "MOMENT")]
    pub(crate) as_of: Option<String>,
    /// Make a deviation status 1
    #[arg(long)]
    pub(crate) strict: bool,
    #[command(flatten)]
    pub(crate) office: OfficeArgs,
}

/// Estimate a scenario from the log of past dossiers
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  hoso calibrate log.xes.gz --procedure construction-permit-house --out past.toml
  hoso calibrate log.csv --procedure 1.001193 --recorded-arrivals --format json
  hoso calibrate events.jsonl --procedure birth-registration --from-backlog --out forecast.toml
  hoso calibrate log.csv --procedure birth-registration --hold-out 20% --out past.toml

Logs, columns and words are those of `hoso replay`. Arrivals, channels, facts, choices, work,
waits, answers and staff are estimated where the log tells them; each figure bears a note with
its interval and how many it was learnt from. Work is known where the log says when it began.
With --hold-out one is also learnt without the end of the log, which is then run and compared
with what was recorded; the scenario notes how that came out.
The scenario is written to FILE and what it rests on is printed; without --out both are
printed, what it rests on as comments. Dossiers of one version are learnt from: that of most.")]
pub(crate) struct Calibrate {
    #[command(flatten)]
    pub(crate) log: LogArgs,
    /// A file to write the scenario to
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// The id of the scenario
    #[arg(long, value_name = "ID", default_value = "calibrated")]
    pub(crate) id: String,
    /// Let dossiers come in at the very moments that were recorded
    #[arg(long, conflicts_with = "from_backlog")]
    pub(crate) recorded_arrivals: bool,
    /// Start where the log ends, with the dossiers that were open then
    #[arg(long)]
    pub(crate) from_backlog: bool,
    /// Learn from the log without this share of its time at the end, run that, and compare
    #[arg(long, value_name = "SHARE")]
    pub(crate) hold_out: Option<String>,
    /// The moment as of which dossiers are open [default: the last of the log]
    #[arg(long, value_name = "MOMENT")]
    pub(crate) as_of: Option<String>,
    /// How often the intervals hold, such as 0.99
    #[arg(long, value_name = "LEVEL", default_value_t = 0.95)]
    pub(crate) confidence: f64,
    #[command(flatten)]
    pub(crate) office: OfficeArgs,
}

/// A log of what other systems recorded, and the procedure to which it belongs.
#[derive(Args, Debug)]
pub(crate) struct LogArgs {
    /// The log
    pub(crate) log: PathBuf,
    /// Id of the procedure, or its national code
    #[arg(long, value_name = "CODE|ID")]
    pub(crate) procedure: String,
    /// The version for every dossier [default: that of the day of acceptance]
    #[arg(long, value_name = "VERSION")]
    pub(crate) version: Option<String>,
    /// Which column says what, such as case=\"Mã số\"
    #[arg(long, value_name = "WHAT=HEADING")]
    pub(crate) column: Vec<String>,
    /// What the words of the log mean
    #[arg(long, value_name = "FILE")]
    pub(crate) map: Option<PathBuf>,
}

/// Show how dossiers pass from one version to another, or let them pass
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  hoso migrate construction-permit-house@2024-12 construction-permit-house@2025-07
  hoso migrate construction-permit-house@2025-07 draft.toml
  hoso migrate kiosk@2026-01 kiosk@2026-07 events.jsonl --events moved.jsonl

A version is a file, or ID@VERSION of the catalogue. A file that comes out in several
versions, one for each version of its life cycle, is taken in the first that OLD precedes;
FILE@VERSION names another.

`safe` passes as it is, or as a [migration] of NEW maps it; `needs-mapping` passes once NEW
says as what; `forbidden` does not pass. Dossiers move on the first day of NEW, or after
their last event if that is later.")]
pub(crate) struct Migrate {
    /// The version that dossiers leave
    #[arg(value_name = "OLD")]
    pub(crate) old: String,
    /// The version that they enter
    #[arg(value_name = "NEW")]
    pub(crate) new: String,
    /// Events written by `hoso run --events`: the dossiers that are to move
    #[arg(value_name = "EVENTS.jsonl")]
    pub(crate) dossiers: Option<PathBuf>,
    /// When they move
    #[arg(long, value_name = "MOMENT", requires = "dossiers")]
    pub(crate) at: Option<String>,
    /// Who asks for it
    #[arg(long, value_name = "ID", default_value = "migrate", requires = "dossiers")]
    pub(crate) actor: String,
    /// In which role [default: `system` where NEW governs by itself, else whoever files]
    #[arg(long, requires = "dossiers")]
    pub(crate) role: Option<String>,
    /// Write the events of the moves, one a line
    #[arg(long, value_name = "OUT.jsonl", requires = "dossiers")]
    pub(crate) events: Option<PathBuf>,
    /// Make a dossier that does not move status 1
    #[arg(long, requires = "dossiers")]
    pub(crate) strict: bool,
    #[command(flatten)]
    pub(crate) office: OfficeArgs,
}

/// Say what changed in meaning, for whom, and which applications are decided otherwise
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  hoso diff construction-permit-house@2024-12 construction-permit-house@2025-07
  hoso diff old.toml new.toml --lang vi
  hoso diff before/ after/ --format json

BEFORE and AFTER are files, folders, or ID@VERSION of the catalogue; of several versions the
last is taken. How texts are set, the order of their tables and notes never show. Terms are
compared on the days of the calendar. Two folders are compared procedure by procedure.")]
pub(crate) struct Diff {
    /// What was so before
    #[arg(value_name = "BEFORE")]
    pub(crate) before: String,
    /// What took its place
    #[arg(value_name = "AFTER")]
    pub(crate) after: String,
    #[command(flatten)]
    pub(crate) calendar: CalendarArgs,
}

/// Judge whether a redesign is simpler by as much as is asked for
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  hoso compare procedures/redesigns/household-business/before.toml procedures/redesigns/household-business/c.toml
  hoso compare construction-permit-house@2024-12 draft.toml --require 30%
  hoso compare procedures/ redesigned/ --format json
  hoso compare before.toml after.toml --report report.html

A side is a file, a folder, or ID or ID@VERSION of the catalogue; of several versions the
last is taken, or that of --on. The verdict holds when the burdens, the cost and the cost
without fees all reach the target and no objection stands; else the status is 1. Two
folders are compared procedure by procedure and added up. The report is for people: one
file of HTML for screen and paper, in Vietnamese with English beneath, or the reverse
with --lang en.")]
pub(crate) struct Compare {
    /// What the redesign takes the place of
    #[arg(value_name = "BEFORE")]
    pub(crate) before: String,
    /// The redesign
    #[arg(value_name = "AFTER")]
    pub(crate) after: String,
    /// The share to be cut, such as 20% or 1/5
    #[arg(long, value_name = "SHARE", default_value = "20%")]
    pub(crate) require: String,
    /// The share of subjects that take the new way [default: as AFTER says, else all]
    #[arg(long, value_name = "SHARE")]
    pub(crate) adoption: Option<String>,
    /// The day of the prices, and of the versions [default: today, or the first day of AFTER]
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<String>,
    /// The norms of compliance cost
    #[arg(long, value_name = "NAME", default_value = "vietnam-2023")]
    pub(crate) norms: String,
    /// The tariff that prices fees
    #[arg(long, value_name = "NAME", default_value = "hanoi")]
    pub(crate) tariff: String,
    /// A file to write a report for people to
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) calendar: CalendarArgs,
}

/// Run a caseload through procedures: waits, dossiers on time, officers at work
#[derive(Args, Clone, Debug)]
#[command(after_help = "\
Examples:
  hoso simulate procedures/scenarios/reference/mm5.toml
  hoso simulate scenario.toml --replications 50 --seed 7 --format json
  hoso simulate as-is.toml --against to-be.toml
  hoso simulate scenario.toml --shard 1/4 > part-1.json
  hoso simulate scenario.toml --events log.xes --sample 500

A scenario says who files what and when, who works, and how long things take. Procedures
are those of its folder and of the catalogue. The same scenario and seed give the same
bytes, for any number of threads. A part of a run is joined with the others by `merge`.

Histories are those of the first replication, in the first office of each kind. The name of
their file says how they are written: .xes, .ocel.json, else events of hoso, one a line.")]
pub(crate) struct Simulate {
    /// The scenario
    #[arg(value_name = "SCENARIO")]
    pub(crate) scenario: PathBuf,
    /// The scenario as it is to be: both run on the same luck, and are compared
    #[arg(long, value_name = "SCENARIO")]
    pub(crate) against: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) run: RunArgs,
    /// Double the replications, six times at most, until every headline figure is as precise; with
    /// `--replications N` it begins with N [default: as the scenario says, but no doubling where
    /// only `--replications N` is given]
    #[arg(long, value_name = "SHARE")]
    pub(crate) precision: Option<String>,
    /// Run a part of the work, such as 1/4, and print what `merge` joins
    #[arg(long, value_name = "I/N")]
    pub(crate) shard: Option<String>,
    /// A file to write histories of dossiers to
    #[arg(long, value_name = "FILE", conflicts_with = "shard")]
    pub(crate) events: Option<PathBuf>,
    /// A file of HTML to write a report for people to
    #[arg(long, value_name = "FILE", conflicts_with = "shard")]
    pub(crate) report: Option<PathBuf>,
    /// The most histories of each kind of case; if there are more, every second, fourth, … is written
    #[arg(long, value_name = "N", default_value_t = 10_000, value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) sample: u64,
    /// With `--against`: the norms of compliance cost, for the verdict on the procedures
    #[arg(long, value_name = "NAME", default_value = "vietnam-2023")]
    pub(crate) norms: String,
}

/// Search the fewest officers that keep a share of dossiers on time
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  hoso staff scenario.toml --on-time 99%
  hoso staff scenario.toml --on-time 95% --replications 10 --format json

A number of officers holds when the lower end of the 95 % interval of the share on time is
at or above the wish. Status 1 when no number does: applicants or agencies then take longer
than the term.")]
pub(crate) struct Staff {
    /// The scenario; the officers that it gives are where nothing begins
    #[arg(value_name = "SCENARIO")]
    pub(crate) scenario: PathBuf,
    /// The share of dossiers that should be settled by their due date
    #[arg(long, value_name = "SHARE")]
    pub(crate) on_time: String,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

/// How a scenario is run
#[derive(Args, Clone, Debug)]
pub(crate) struct RunArgs {
    /// How many replications to run, or to give each trial [default: as the scenario says, else 20]
    #[arg(long, value_name = "N")]
    pub(crate) replications: Option<u32>,
    /// The seed of all luck [default: as the scenario says, else 1]
    #[arg(long, value_name = "N")]
    pub(crate) seed: Option<u64>,
    /// How many threads to run on [default: one for each core]
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<usize>,
    /// The tariff that prices fees
    #[arg(long, value_name = "NAME", default_value = "hanoi")]
    pub(crate) tariff: String,
}

impl RunArgs {
    /// Runs something on the threads that were asked for.
    pub(crate) fn on_threads<T: Send>(&self, go: impl FnOnce() -> T + Send) -> T {
        match self.threads {
            Some(threads) => hoso::simulate::on_threads(threads, go),
            None => go(),
        }
    }
}

/// Join the parts of a simulated run, or of two that are compared
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  hoso merge part-1.json part-2.json --format json
  hoso merge part-*.json --of scenario.toml --report page.html
  hoso merge part-*.json --of as-is.toml --against to-be.toml

The figures are those of a run that was never parted, to the byte. With the scenarios, so are
the names in the text, the page and the verdict.")]
pub(crate) struct Merge {
    /// What `hoso simulate --shard I/N` printed
    #[arg(value_name = "PART", required = true)]
    pub(crate) parts: Vec<PathBuf>,
    /// The scenario of the run: the text then has names, and a page can be written
    #[arg(long, value_name = "SCENARIO")]
    pub(crate) of: Option<PathBuf>,
    /// The scenario as it is to be, for parts of two runs that are compared
    #[arg(long, value_name = "SCENARIO", requires = "of")]
    pub(crate) against: Option<PathBuf>,
    /// A file of HTML to write a report for people to
    #[arg(long, value_name = "FILE", requires = "of")]
    pub(crate) report: Option<PathBuf>,
    /// The tariff that priced fees
    #[arg(long, value_name = "NAME", default_value = "hanoi")]
    pub(crate) tariff: String,
    /// With `--against`: the norms of compliance cost, for the verdict on the procedures
    #[arg(long, value_name = "NAME", default_value = "vietnam-2023")]
    pub(crate) norms: String,
}

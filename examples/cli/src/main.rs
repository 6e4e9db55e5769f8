//! `hoso`, the analyst's desk: reads files and the clock, prints, and calls the library.
//!
//! It decides nothing itself. A command makes its whole answer before anything
//! is printed, so that a call that fails leaves standard output empty.

mod account;
mod answer;
mod args;
mod calibrate;
mod catalogue;
mod check;
mod compare;
mod cost;
mod designs;
mod diff;
mod due;
mod events;
mod explain;
mod export;
mod failure;
mod fee;
mod fmt;
mod html;
mod ledger;
mod load;
mod log;
mod markup;
mod migrate;
mod moment;
mod office;
mod options;
mod reasons;
mod recorded;
mod render;
mod replay;
mod run;
mod show;
mod simulate;
mod standing;
mod svg;
mod table;
mod versions;

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser as _;

use answer::Answer;
use args::{Cli, Command};
use failure::Fallible;

fn main() -> ExitCode {
    let cli = Cli::parse();
    match answer(&cli) {
        Ok(answer) => {
            // Who closed the pipe has read enough.
            let _ = std::io::stdout().lock().write_all(answer.printed().as_bytes());
            ExitCode::from(answer.status())
        }
        Err(failure) => {
            let _ = writeln!(std::io::stderr().lock(), "{failure}");
            ExitCode::from(2)
        }
    }
}

fn answer(cli: &Cli) -> Fallible<Answer> {
    let global = &cli.global;
    match &cli.command {
        Command::Check(args) => check::check(global, args),
        Command::Explain(args) => explain::explain(global, args),
        Command::Fmt(args) => fmt::fmt(global, args),
        Command::Show(args) => show::show(global, args),
        Command::Catalogue(args) => catalogue::catalogue(global, args),
        Command::Export(args) => export::export(global, args),
        Command::Due(args) => due::due(global, args),
        Command::Fee(args) => fee::fee(global, args),
        Command::Cost(args) => cost::cost(global, args),
        Command::Run(args) => run::run(global, args),
        Command::Options(args) => options::options(global, args),
        Command::Migrate(args) => migrate::migrate(global, args),
        Command::Replay(args) => replay::replay(global, args),
        Command::Diff(args) => diff::diff_designs(global, args),
        Command::Compare(args) => compare::compare(global, args),
        Command::Simulate(args) => simulate::simulate(global, args),
        Command::Merge(args) => simulate::merge(global, args),
        Command::Calibrate(args) => calibrate::calibrate(global, args),
        Command::Staff(args) => simulate::staff(global, args),
    }
}

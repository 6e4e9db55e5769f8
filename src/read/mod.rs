//! Reading and printing TOML texts: one declaration gives both directions.
//!
//! A [`record!`] names its keys once; from that come the reader, which keeps a
//! span at every leaf, reports every problem in one pass and names the nearest
//! known key, and the canonical printer, so that `parse(print(x)) == x` by
//! construction. serde never reads a definition: its untagged, tagged and
//! flattened types lose their place.

#[cfg(feature = "simulate")]
mod each;
mod extending;
mod field;
mod format;
mod head;
mod kind;
mod leaf;
mod limits;
mod reader;
mod syntax;

#[cfg(feature = "simulate")]
pub(crate) use each::Each;
pub(crate) use field::{
    Field, Given, Leaves, Lines, Many, Named, Need, Record, Rows, Section, print, read,
};
pub(crate) use format::{Format, format_text};
pub(crate) use head::{HEADS, head};
pub(crate) use kind::{
    CALENDAR, DATABASE, FACT, FEE, Kind, LAW, RESULT, ROLE, STATE, TERM, TRANSITION,
};
pub(crate) use leaf::{Leaf, Pairs, print_string};
pub use leaf::{Maybe, Remarks};
#[cfg(feature = "simulate")]
pub(crate) use limits::MAX_MOMENTS;
pub(crate) use limits::{MAX_BYTES, MAX_PARTS, MAX_TEXT};
pub(crate) use reader::{Node, Reader, TableReader, clip, foreign};

/// Declares a table of a text: its struct, keys, reader and printer.
///
/// Every record also takes `assumed` (the rule rests on an assumption, and on
/// which) and `note` (a remark that printing must not lose).
macro_rules! record {
    (
        $(#[$meta:meta])*
        $vis:vis struct $name:ident {
            $($(#[$field_meta:meta])* $field:ident : $ty:ty = $key:literal),* $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug)]
        $vis struct $name {
            $($(#[$field_meta])* pub(crate) $field: $ty,)*
            /// What the author assumed and noted.
            pub(crate) remarks: $crate::read::Remarks,
            pub(crate) span: $crate::source::Span,
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                // Where a record was written takes no part.
                let _ = (self.span, other.span);
                self.remarks == other.remarks $(&& self.$field == other.$field)*
            }
        }

        impl Eq for $name {}

        impl $crate::read::Record for $name {
            const KEYS: &'static [&'static str] = &[$($key),*];

            fn read_fields(table: &mut $crate::read::TableReader<'_, '_, '_>) -> Option<Self> {
                $(let $field = <$ty as $crate::read::Field>::take(table, $key);)*
                let remarks = table.remarks();
                let span = table.span();
                Some(Self { $($field: $field?,)* remarks, span })
            }

            fn print_leaves(&self, leaves: &mut $crate::read::Leaves<'_>) {
                $($crate::read::Field::print_leaf(&self.$field, $key, leaves);)*
                self.remarks.print(leaves);
            }

            fn print_tables(&self, path: &str, out: &mut alloc::string::String) {
                $($crate::read::Field::print_tables(&self.$field, path, $key, out);)*
                let _ = (path, out);
            }
        }
    };
}
pub(crate) use record;

#[cfg(test)]
mod tests;

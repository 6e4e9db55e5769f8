//! One way to lend what a part of a procedure holds.

/// Declares accessors that borrow.
macro_rules! accessors {
    ($($(#[$meta:meta])* $field:ident : $ty:ty),+ $(,)?) => {$(
        $(#[$meta])*
        #[must_use]
        pub fn $field(&self) -> &$ty {
            &self.$field
        }
    )+};
}
pub(crate) use accessors;

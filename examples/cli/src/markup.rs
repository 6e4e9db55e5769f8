//! Text that is safe inside HTML and SVG, in elements and in attributes.

use std::fmt::{self, Write as _};

/// A text whose letters mean nothing to a reader of markup.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Escaped<'a>(pub(crate) &'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|letter| match letter {
            '&' => f.write_str("&amp;"),
            '<' => f.write_str("&lt;"),
            '>' => f.write_str("&gt;"),
            '"' => f.write_str("&quot;"),
            '\'' => f.write_str("&#39;"),
            it if it.is_control() => f.write_char(' '),
            it => f.write_char(it),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_markup_reads_is_left() {
        let text = Escaped("<b class=\"x\">R&D's</b>\u{1}");
        let escaped = "&lt;b class=&quot;x&quot;&gt;R&amp;D&#39;s&lt;/b&gt; ";
        assert_eq!(text.to_string(), escaped);
    }
}

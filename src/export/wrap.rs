//! Text in short lines, for boxes.

use alloc::string::String;

/// Breaks a text at blanks into lines of at most so many letters; a longer word has a line of its own.
#[must_use]
pub fn wrapped(text: &str, width: usize) -> String {
    let mut out = String::with_capacity(text.len());
    let mut used = 0;
    for word in text.split_whitespace() {
        let letters = word.chars().count();
        if used > 0 && used + 1 + letters > width {
            out.push('\n');
            used = 0;
        } else if used > 0 {
            out.push(' ');
            used += 1;
        }
        out.push_str(word);
        used += letters;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_blanks_and_letters_are_counted_not_bytes() {
        assert_eq!(wrapped("Trình dự thảo kết quả", 13), "Trình dự thảo\nkết quả");
        assert_eq!(wrapped("a bcdefgh  i", 3), "a\nbcdefgh\ni");
        assert_eq!(wrapped("  ", 3), "");
    }
}

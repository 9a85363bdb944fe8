//! Splits names into words in lower case, in the two ways of the official SDK.

/// Words in spite of how they are cased.
const WHOLE: [&str; 7] = ["gib", "ipv4", "ipv6", "kib", "mib", "sigv4", "ttl"];

/// Words of a name for snake case.
pub(crate) fn snake_words(name: &str) -> Vec<String> {
    let chars: Vec<char> = name.chars().collect();
    let lower_only = !chars.iter().any(char::is_ascii_uppercase);
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    // Set once a word is seen not to be one of those that are cased against the rules.
    let mut plain = false;
    for (index, &next) in chars.iter().enumerate() {
        if !next.is_ascii_alphanumeric() {
            finish(&mut words, &mut word);
            plain = false;
            continue;
        }
        if let Some(last) = word.chars().last() {
            plain |= !begins_whole_word(&word, &chars[index..]);
            let up = next.is_ascii_uppercase() && (last.is_ascii_lowercase() || last.is_ascii_digit());
            let after_number = lower_only && last.is_ascii_digit() && next.is_ascii_lowercase();
            if plain && (up || after_number) || ends_acronym(last, &chars[index..]) {
                finish(&mut words, &mut word);
                plain = false;
            }
        }
        word.push(next);
    }
    finish(&mut words, &mut word);
    words
}

/// Words of a name for type names: digits end a word, a plural `s` is not seen.
pub(crate) fn pascal_words(name: &str) -> Vec<String> {
    let chars: Vec<char> = name.chars().collect();
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    for (index, &next) in chars.iter().enumerate() {
        if !next.is_ascii_alphanumeric() {
            finish(&mut words, &mut word);
            continue;
        }
        if let Some(last) = word.chars().last() {
            let after = chars.get(index + 1);
            let begins = !last.is_ascii_uppercase() || after.is_some_and(char::is_ascii_lowercase);
            if next.is_ascii_uppercase() && begins {
                finish(&mut words, &mut word);
            }
        }
        word.push(next);
    }
    finish(&mut words, &mut word);
    words
}

fn finish(words: &mut Vec<String>, word: &mut String) {
    if !word.is_empty() {
        words.push(std::mem::take(word).to_ascii_lowercase());
    }
}

/// Whether the word goes on to become one of [`WHOLE`] and is not complete.
fn begins_whole_word(word: &str, rest: &[char]) -> bool {
    let whole: String = word.chars().chain(rest.iter().copied().take(5)).collect::<String>().to_ascii_lowercase();
    WHOLE.iter().any(|known| known.len() > word.len() && whole.starts_with(known))
}

/// Whether an acronym ends before `rest`: `DB` before `Proxy`, but not `AC` before `Ls`.
fn ends_acronym(last: char, rest: &[char]) -> bool {
    let [next, after, ..] = rest else { return false };
    if !last.is_ascii_uppercase() || !next.is_ascii_uppercase() || !after.is_ascii_lowercase() {
        return false;
    }
    match (after, rest.get(2)) {
        ('s', third) => third.is_some_and(char::is_ascii_lowercase),
        ('v', third) => !third.is_some_and(char::is_ascii_digit),
        _ => true,
    }
}

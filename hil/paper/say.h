// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "hil/paper/phrases.h"
#include "hil/report/words.h"

namespace jh {

/// A fixed phrase of a report. One that has no Chinese text does not compile.
class FixedPhrase {
public:
    // Implicit, so that say("Place") can be written.
    consteval FixedPhrase(const char* english) : at_{find(english)} {}
    std::string_view in(Language language) const {
        return language == Language::zh ? paperPhrases[at_].zh : paperPhrases[at_].en;
    }

private:
    static consteval std::size_t find(std::string_view english) {
        for (std::size_t i = 0; i < std::size(paperPhrases); ++i) {
            if (paperPhrases[i].en == english) return i;
        }
        throw "this phrase has no Chinese text in hil/paper/phrases.h";
    }
    std::size_t at_;
};

/// Speaks the reader's language.
class Say {
public:
    explicit Say(Language language) : language_{language} {}

    Language language() const { return language_; }
    bool chinese() const { return language_ == Language::zh; }
    std::string operator()(FixedPhrase phrase) const { return std::string{phrase.in(language_)}; }
    std::string colon() const { return chinese() ? "：" : ": "; }
    /// What comes out of a record: verdicts, stages, findings (hil/report/words.h).
    std::string known(const std::string& english) const { return phrase(english, language_); }
    /// The Chinese one of two texts, where there is one and it is wanted.
    const std::string& of(const std::string& english, const std::string& chineseText) const {
        return chinese() && !chineseText.empty() ? chineseText : english;
    }

private:
    Language language_;
};

}  // namespace jh

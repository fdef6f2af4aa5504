// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/serial/sma_answer.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "hil/serial/decimal_field.h"
#include "sim/base/expected.h"

namespace jh {

namespace {

constexpr std::uint8_t lf = 0x0A, cr = 0x0D;
constexpr std::size_t weightBody = 18, diagnosticsBody = 4, longestBody = 29;
constexpr std::size_t numberAt = 5, numberWidth = 10, unitAt = 15, aboutField = 3, aboutText = 25;
constexpr int mostDecimals = 8;

struct UnitWord {
    const char* word;
    SerialUnit unit;
};
constexpr std::array<UnitWord, 4> unitWords{{{"kg ", SerialUnit::kg},
                                             {"lb ", SerialUnit::lb},
                                             {"g  ", SerialUnit::g},
                                             {"t  ", SerialUnit::t}}};

std::optional<SerialUnit> unitOf(std::string word) {
    // Some makers write capitals (Cardinal 190 p. 65).
    for (char& c : word) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    for (const UnitWord& known : unitWords) {
        if (word == known.word) return known.unit;
    }
    return std::nullopt;
}

/// Scale status. 'e' is Cardinal's "weight is not displayed"; E, I and T stand above Z, O and U.
bool readStatus(char status, SerialWeight& shown) {
    constexpr std::string_view known = "ZOUEITe ";
    if (known.find(status) == known.npos) return false;
    if (status == 'E') shown.error = SerialError::zeroSetting;
    if (status == 'I') shown.error = SerialError::initialZero;
    if (status == 'T') shown.error = SerialError::taring;
    if (shown.error || status == 'e') return true;
    shown.centerOfZero = status == 'Z';
    shown.overload = status == 'O';
    shown.underload = status == 'U';
    return true;
}

bool readKind(char kind, SerialWeight& shown) {
    constexpr std::string_view known = "GTNgn";
    if (known.find(kind) == known.npos) return false;
    shown.highResolution = kind == 'g' || kind == 'n';
    shown.kind = kind == 'T'                  ? WeightKind::tare
                 : kind == 'N' || kind == 'n' ? WeightKind::net
                                              : WeightKind::gross;
    return true;
}

/// Right-justified, a minus before the first digit; blank or dashes when there is no weight.
std::optional<FrameFault> readNumber(std::string_view field, SerialWeight& shown) {
    const auto first = field.find_first_not_of(' ');
    if (first == field.npos) return std::nullopt;
    const auto last = field.find_last_not_of(' ');
    std::string_view text = field.substr(first, last - first + 1);
    if (text.size() > 1 && text.find_first_not_of('-') == text.npos) return std::nullopt;
    const bool negative = text.front() == '-';
    if (negative || text.front() == '+') text.remove_prefix(1);
    if (negative) text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    auto number = parseDecimal(text);
    if (!number) return number.error();
    if (number->decimals > mostDecimals) return FrameFault::decimals;
    if (negative) number->digits = -number->digits;
    const auto mass = massOf(*number, shown.unit);
    if (!mass) return FrameFault::tooLarge;
    shown.decimals = number->decimals;
    // What stands there beside an error is not a weight.
    if (!shown.error) shown.weight = mass;
    return std::nullopt;
}

Expected<SmaAnswer, FrameFault> parseWeight(const std::string& body) {
    SerialWeight shown;
    const char range = body[1], motion = body[3];
    if (!readStatus(body[0], shown) || !readKind(body[2], shown) || range < '1' || range > '9' ||
        (motion != 'M' && motion != ' ')) {
        return Unexpected<FrameFault>{FrameFault::status};
    }
    shown.range = range - '0';
    shown.stable = motion == ' ';
    const auto unit = unitOf(body.substr(unitAt));
    if (!unit) return Unexpected<FrameFault>{FrameFault::unit};
    shown.unit = *unit;
    const std::string number = body.substr(numberAt, numberWidth);
    if (const auto fault = readNumber(number, shown)) return Unexpected<FrameFault>{*fault};
    return shown;
}

std::string withoutBlanks(std::string text) {
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
}

Expected<SmaAnswer, FrameFault> parse(const std::string& body) {
    if (body == "?") return SmaUnknownCommand{};
    if (body == "!") return SmaCommunicationError{};
    if (body.size() > aboutField && body[aboutField] == ':') {
        return SmaAbout{withoutBlanks(body.substr(0, aboutField)),
                        withoutBlanks(body.substr(aboutField + 1))};
    }
    if (body.size() == weightBody) return parseWeight(body);
    if (body.size() != diagnosticsBody) return Unexpected<FrameFault>{FrameFault::length};
    const auto flag = [&](std::size_t at, char set) { return body[at] == set || body[at] == ' '; };
    if (!flag(0, 'R') || !flag(1, 'E') || !flag(2, 'C'))
        return Unexpected<FrameFault>{FrameFault::status};
    return SmaDiagnostics{body[0] == 'R', body[1] == 'E', body[2] == 'C', body[3]};
}

bool printable(char c) {
    return c >= ' ' && c <= '~';
}

std::vector<std::uint8_t> framed(const std::string& body) {
    const std::string text = "\n" + body + "\r";
    return {text.begin(), text.end()};
}

char statusOf(const SerialWeight& shown) {
    if (shown.error == SerialError::zeroSetting) return 'E';
    if (shown.error == SerialError::initialZero) return 'I';
    if (shown.error == SerialError::taring) return 'T';
    if (shown.overload.value_or(false)) return 'O';
    if (shown.underload.value_or(false)) return 'U';
    return shown.centerOfZero.value_or(false) ? 'Z' : ' ';
}

char kindOf(const SerialWeight& shown) {
    if (shown.kind == WeightKind::tare) return 'T';
    const bool net = shown.kind == WeightKind::net;
    return shown.highResolution ? (net ? 'n' : 'g') : (net ? 'N' : 'G');
}

/// The text of a weight without leading zeros: "5.025", "-0.5".
std::optional<std::string> numberText(const SerialWeight& shown) {
    if (shown.error || !shown.weight) return std::string(numberWidth, '-');
    if (shown.decimals < 0 || shown.decimals > mostDecimals) return std::nullopt;
    const auto digits = digitsOf(shown.weight->abs(), shown.decimals, shown.unit);
    if (!digits) return std::nullopt;
    const auto after = static_cast<std::size_t>(shown.decimals);
    std::string text = std::to_string(*digits);
    if (text.size() <= after) text.insert(0, after + 1 - text.size(), '0');
    if (after > 0) text.insert(text.size() - after, 1, '.');
    if (*shown.weight < ExactMass{}) text.insert(0, 1, '-');
    if (text.size() > numberWidth) return std::nullopt;
    return std::string(numberWidth - text.size(), ' ') + text;
}

}  // namespace

std::vector<SmaAnswer> SmaReader::feed(std::span<const std::uint8_t> bytes) {
    std::vector<SmaAnswer> answers;
    for (const std::uint8_t byte : bytes) {
        if (byte == lf) {
            if (body_) abandon(FrameFault::length);
            body_.emplace();
        } else if (!body_) {
            ++counts_.skippedBytes;
        } else if (byte == cr) {
            finish(answers);
        } else if (body_->size() == longestBody || !printable(static_cast<char>(byte))) {
            ++counts_.skippedBytes;
            abandon(body_->size() == longestBody ? FrameFault::length : FrameFault::status);
        } else {
            body_->push_back(static_cast<char>(byte));
        }
    }
    return answers;
}

void SmaReader::finish(std::vector<SmaAnswer>& answers) {
    auto answer = parse(*body_);
    if (!answer) {
        ++counts_.skippedBytes;
        return abandon(answer.error());
    }
    ++counts_.good;
    body_.reset();
    answers.push_back(std::move(*answer));
}

void SmaReader::abandon(FrameFault fault) {
    ++counts_.bad;
    counts_.lastFault = fault;
    counts_.skippedBytes += 1 + body_->size();
    body_.reset();
}

std::optional<std::vector<std::uint8_t>> smaFrame(const SerialWeight& shown) {
    const int range = shown.range.value_or(1);
    const auto number = numberText(shown);
    if (!number || range < 1 || range > 9) return std::nullopt;
    std::string body{statusOf(shown), static_cast<char>('0' + range), kindOf(shown),
                     shown.stable.value_or(true) ? ' ' : 'M', ' '};
    body += *number;
    const auto word = std::find_if(unitWords.begin(), unitWords.end(),
                                   [&](const UnitWord& w) { return w.unit == shown.unit; });
    return framed(body + word->word);
}

std::vector<std::uint8_t> smaFrame(SmaUnknownCommand) {
    return framed("?");
}

std::vector<std::uint8_t> smaFrame(SmaCommunicationError) {
    return framed("!");
}

std::vector<std::uint8_t> smaFrame(const SmaDiagnostics& answer) {
    return framed({answer.memoryError ? 'R' : ' ', answer.eepromError ? 'E' : ' ',
                   answer.calibrationError ? 'C' : ' ', answer.ofMaker});
}

std::vector<std::uint8_t> smaFrame(const SmaAbout& answer) {
    std::string field = answer.field.substr(0, aboutField);
    field.resize(aboutField, ' ');
    return framed(field + ":" + answer.text.substr(0, aboutText));
}

}  // namespace jh

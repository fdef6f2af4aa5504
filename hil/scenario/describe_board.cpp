// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "firmware-bridge/adc/adc_chips.h"
#include "hil/scenario/describe.h"

namespace jh {

namespace {

const std::vector<std::pair<std::string, bool>> levels{{"high", true}, {"low", false}};

/// Words that stand for themselves.
std::vector<std::pair<std::string, std::string>> named(const std::vector<std::string>& words) {
    std::vector<std::pair<std::string, std::string>> names;
    for (const std::string& word : words) names.emplace_back(word, word);
    return names;
}

void describeConverter(Fields& fields, ConverterOnBoard& converter) {
    fields.need({"chip", "pins"});
    fields.value("chip", converter.chip, named({adcChipKinds.begin(), adcChipKinds.end()}));
    fields.value("rate", converter.rate_Hz, dimension::rate, 1, 5000);
    fields.value("pins", converter.pins);
    if (!fields.reading() || !fields.sound({"chip", "pins"})) return;
    const auto chip = makeAdcChip(converter.chip, converter.rate_Hz);
    std::vector<std::string> known;
    for (const AdcChip::Pin& pin : chip->pins()) known.emplace_back(pin.name);
    for (const auto& [name, pin] : converter.pins) {
        if (std::find(known.begin(), known.end(), name) != known.end()) continue;
        fields.problem("pins." + name, "the chip has no such pin", nearestName(name, known));
    }
}

void describeUart(Fields& fields, UartOnBoard& uart) {
    const std::vector<std::string> formats{"8N1", "8N2", "8E1", "8E2", "8O1",
                                           "8O2", "7E1", "7O1", "7N2"};
    fields.value("number", uart.number, dimension::number, 0, 3);
    fields.value("baud", uart.baud, dimension::number, 300, 1'000'000);
    fields.value("format", uart.format, named(formats));
    fields.value("idle", uart.idleHigh, levels);
}

void describeButton(Fields& fields, ButtonOnBoard& button) {
    fields.need({"name", "pin"});
    fields.value("name", button.name);
    fields.value("pin", button.pin);
    fields.value("pressed", button.pressedHigh, levels);
}

void describeLamp(Fields& fields, LampOnBoard& lamp) {
    fields.need({"name", "pin"});
    fields.value("name", lamp.name);
    fields.value("pin", lamp.pin);
    fields.value("lit", lamp.litHigh, levels);
}

void describeLcd(Fields& fields, LcdOnBoard& lcd) {
    if (!fields.has("i2c")) fields.need({"pins"});
    std::string address = lcd.i2c == 0 ? "" : fmt::format("{:#x}", lcd.i2c);
    fields.later("i2c", address, {});
    if (fields.reading() && !address.empty()) {
        const char* end = address.data() + address.size();
        const bool hex = address.starts_with("0x");
        const auto read =
            std::from_chars(address.data() + (hex ? 2 : 0), end, lcd.i2c, hex ? 16 : 10);
        if (read.ptr != end) fields.problem("i2c", "expected an address, like 0x27");
    }
    fields.value("columns", lcd.columns, dimension::number, 8, 40);
    fields.value("rows", lcd.rows, dimension::number, 1, 4);
    fields.later("pins", lcd.pins, {});
}

void describeDigits(Fields& fields, DigitsOnBoard& digits) {
    fields.need({"segments", "digits"});
    fields.value("segments", digits.segments);
    fields.value("digits", digits.digits);
    fields.value("segment_lit", digits.segmentLitHigh, levels);
    fields.value("digit_on", digits.digitOnHigh, levels);
    fields.later("table", digits.table, {});
}

/// A part that a board may have or not.
template <class Part, class How>
void optionally(Fields& fields, const std::string& key, std::optional<Part>& part,
                const How& describe) {
    if (fields.has(key)) part.emplace();
    if (part) {
        fields.value(key, *part, describe);
    } else if (fields.reading()) {
        fields.at(key);
    }
}

}  // namespace

void describeBoard(Fields& fields, FirmwareModel& firmware) {
    Board& board = firmware.board;
    fields.need({"title", "host"});
    fields.value("title", firmware.title);
    fields.value("host", board.host, named({"avr", "cortexm", "native", "serial"}));
    fields.value("mcu", board.mcu);
    fields.value("clock", board.clock_Hz, dimension::rate, std::int64_t{1'000},
                 std::int64_t{200'000'000});
    optionally(fields, "converter", board.converter, describeConverter);
    optionally(fields, "uart", board.uart, describeUart);
    fields.later("buttons", board.buttons, {}, describeButton);
    fields.later("lamps", board.lamps, {}, describeLamp);
    optionally(fields, "lcd", board.lcd, describeLcd);
    optionally(fields, "digits", board.digits, describeDigits);
    fields.later("trace", board.trace, {});
    if (!fields.reading() || !fields.sound({"host", "mcu"})) return;
    for (const BoardProblem& problem : problemsOf(board)) {
        const bool avr = board.host == "avr" && problem.key == "mcu";
        fields.problem(problem.key, problem.text, avr ? nearestName(board.mcu, knownAvrs()) : "");
    }
}

void describeFirmware(Fields& fields, FirmwareModel& firmware, PartReader& parts) {
    fields.need({"board"});
    parts.read(fields, "board", firmware, describeBoard);
    // What is in a real board's chip may be noted, and need not.
    if (firmware.board.host != "serial") fields.need({"image"});
    fields.value("image", firmware.image);
    const std::vector<std::pair<std::string, FirmwareModel::Memory>> memories{
        {"image", FirmwareModel::Memory::image}, {"works", FirmwareModel::Memory::works}};
    fields.later("memory", firmware.memory, FirmwareModel::Memory::image, memories);
    if (firmware.board.host == "serial" && firmware.memory == FirmwareModel::Memory::works) {
        fields.problem("memory", "of a real board is written by its maker");
    }
    if (!fields.reading() || !fields.sound({"image"}) || firmware.image.empty()) return;
    const auto place = fields.at("image");
    const std::filesystem::path folder = place->node()->source->folder;
    firmware.file = std::filesystem::absolute(folder / firmware.image).lexically_normal();
    if (!std::filesystem::is_regular_file(firmware.file)) {
        fields.problem("image", "there is no file " + firmware.file.string());
    }
}

}  // namespace jh

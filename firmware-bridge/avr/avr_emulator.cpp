// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware-bridge/avr/avr_emulator.h"

#include <simavr/sim_avr.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

#include "firmware-bridge/avr/avr_chip.h"
#include "firmware-bridge/avr/avr_debugger.h"
#include "firmware-bridge/avr/avr_survey.h"
#include "sim/base/check.h"

namespace jh {

std::string misfit(const Board& board, const FirmwareImage& image) {
    if (image.machine == FirmwareImage::Machine::arm) return "a program for ARM, not for AVR";
    if (const std::string other = otherChip(image, board.mcu); !other.empty()) return other;
    avr_t* avr = avr_make_mcu_by_name(board.mcu.c_str());
    if (avr == nullptr) return "simavr does not know " + board.mcu;
    const std::size_t flash = avr->flashend + 1, eeprom = avr->e2end + 1;
    std::free(avr);
    if (image.flash.size() > flash) {
        return std::to_string(image.flash.size()) + " bytes of program; " + board.mcu + " has " +
               std::to_string(flash);
    }
    if (image.eeprom.size() > eeprom) {
        return std::to_string(image.eeprom.size()) + " bytes of EEPROM; " + board.mcu + " has " +
               std::to_string(eeprom);
    }
    return {};
}

AvrEmulator::AvrEmulator(Board board, FirmwareImage image, std::vector<std::uint8_t> eeprom,
                         bool watched, bool noted)
    : board_{std::move(board)},
      image_{std::move(image)},
      eeprom_{std::move(eeprom)},
      watched_{watched},
      noted_{noted} {
    JH_CHECK(problemsOf(board_).empty());
    if (eeprom_.empty()) eeprom_ = image_.eeprom;
    switchOn(now_);
}

void AvrEmulator::switchOn(SimTime at) {
    chip_ = std::make_unique<AvrChip>(board_, image_, eeprom_, at, events_,
                                      [this](const std::string& what) { notice(what); });
    takenBefore_ = givenThen_ = 0;
    lastTaken_ = lastDone_ = at;
    if (noted_) chip_->core().note(executed_);
    if (watched_) survey_ = std::make_unique<AvrSurvey>(chip_->core(), board_);
}

AvrEmulator::~AvrEmulator() = default;

void AvrEmulator::conversion(SimTime at, std::int64_t code) {
    inputs_.push_back({at, Input::Kind::conversion, code, 0});
}

void AvrEmulator::receive(SimTime at, std::uint8_t byte) {
    inputs_.push_back({at, Input::Kind::byte, byte, 0});
}

bool AvrEmulator::press(SimTime at, const std::string& button, bool pressed) {
    for (std::size_t i = 0; i < board_.buttons.size(); ++i) {
        if (board_.buttons[i].name != button) continue;
        inputs_.push_back({at, Input::Kind::press, pressed ? 1 : 0, i});
        return true;
    }
    return false;
}

void AvrEmulator::powerOn(SimTime at) {
    inputs_.push_back({at, Input::Kind::on, 0, 0});
}

void AvrEmulator::powerOff(SimTime at) {
    inputs_.push_back({at, Input::Kind::off, 0, 0});
}

void AvrEmulator::take(const Input& input) {
    if (input.kind == Input::Kind::on) {
        supplyGone(input.at);
        switchOn(input.at);
        return;
    }
    if (!chip_) return;
    switch (input.kind) {
        case Input::Kind::conversion:
            chip_->conversion(input.at, input.value);
            return;
        case Input::Kind::byte:
            chip_->receive(static_cast<std::uint8_t>(input.value));
            return;
        case Input::Kind::press:
            chip_->press(board_.buttons[input.button], input.value != 0);
            return;
        case Input::Kind::off: {
            const auto halfWritten = chip_->core().eepromWriting(input.at);
            supplyGone(input.at);
            if (halfWritten) eeprom_[*halfWritten] = 0xFF;
            return;
        }
        case Input::Kind::on:
            return;
    }
}

void AvrEmulator::runTo(SimTime t, bool stopAtByte) {
    chip_->runTo(t, stopAtByte);
    past_.lateness = std::max(past_.lateness, chip_->core().now() - t);
    if (!chip_->core().ended()) return;
    const std::string how =
        chip_->core().done() ? "it sleeps for ever with interrupts off, at " : "it crashed at ";
    lose(how + whereabouts());
}

void AvrEmulator::lose(const std::string& why) {
    const SimTime at = chip_->core().now();
    events_.push_back({at, BoardEvent::Kind::lost, 0, why});
    supplyGone(at);
}

void AvrEmulator::supplyGone(SimTime at) {
    eeprom_ = nonvolatile();
    past_ = figures();
    if (survey_) seen_ = survey_->seen();
    survey_.reset();
    chip_.reset();
    // What was on its way out is lost.
    events_.erase(std::remove_if(events_.begin(), events_.end(),
                                 [at](const BoardEvent& event) {
                                     return event.kind == BoardEvent::Kind::byte && event.at > at;
                                 }),
                  events_.end());
}

void AvrEmulator::takeDue() {
    while (!inputs_.empty() && inputs_.front().at <= now_) {
        const Input input = inputs_.front();
        inputs_.pop_front();
        take(input);
    }
}

SimTime AvrEmulator::runUntil(SimTime until, bool stopAtByte) {
    const auto byteLeft = [&](SimTime by) {
        return chip_ && !chip_->leaving().empty() && chip_->leaving().front() <= by;
    };
    for (takeDue(); now_ < until; takeDue()) {
        const SimTime next = inputs_.empty() ? until : std::min(inputs_.front().at, until);
        if (chip_) runTo(next, stopAtByte);
        if (stopAtByte && byteLeft(next)) {
            now_ = std::max(now_, chip_->leaving().front());
            break;
        }
        now_ = next;
    }
    while (byteLeft(now_)) chip_->leaving().pop_front();
    checkHabits();
    return now_;
}

/// What only shows over time.
void AvrEmulator::checkHabits() {
    if (!chip_) return;
    checkConverter();
    constexpr std::uint64_t manyResets = 20, manyWrites = 5'000, endlessResets = 1'000;
    if (chip_->core().resets() > manyResets) notice("it resets again and again");
    if (chip_->core().eepromWrites() > manyWrites) notice("it writes its EEPROM again and again");
    if (chip_->line() && chip_->line()->flooded()) {
        notice("its UART has been sending without a pause for 10 s");
    }
    if (chip_->core().resets() > endlessResets) {
        return lose("it resets without end; it is at " + whereabouts());
    }
    checkProgress();
}

void AvrEmulator::checkConverter() {
    AdcChip* converter = chip_->converter();
    if (converter == nullptr) return;
    for (AdcChip::Notice& said : converter->takeNotices()) {
        events_.push_back({said.at, BoardEvent::Kind::notice, 0, std::move(said.what)});
    }
    if (converter->taken() != takenBefore_ || converter->converted() == 0) {
        takenBefore_ = converter->taken();
        givenThen_ = converter->converted();
        lastTaken_ = now_;
    }
    // A converter that gives nothing more can not be read either.
    constexpr SimTime patience = 5s;
    constexpr std::uint64_t some = 2;
    if (now_ - lastTaken_ > patience && converter->converted() >= givenThen_ + some) {
        notice("it does not read the converter; it is at " + whereabouts());
    }
}

/// Whoever does nothing at all for so long while conversions come will not begin any more. Only
/// where what it sends is seen.
void AvrEmulator::checkProgress() {
    constexpr SimTime patience = 60s;
    const AvrCore& core = chip_->core();
    const std::uint64_t read = chip_->converter() != nullptr ? chip_->converter()->taken() : 0;
    const std::array done{read, chip_->bytesSent(), core.eepromWrites(), core.asleep(),
                          core.resets()};
    const bool given =
        chip_->line() && chip_->converter() != nullptr && chip_->converter()->converted() > read;
    if (done != doneBefore_ || !given) {
        doneBefore_ = done;
        lastDone_ = now_;
    }
    if (now_ - lastDone_ <= patience) return;
    lose(
        "it hangs: for 60 s it has read no conversion, sent no byte, written no EEPROM and not "
        "slept; it is at " +
        whereabouts());
}

/// Each said once.
void AvrEmulator::notice(const std::string& what) {
    const std::string kind = what.substr(0, what.find(';'));
    if (std::find(noticed_.begin(), noticed_.end(), kind) != noticed_.end()) return;
    noticed_.push_back(kind);
    events_.push_back({now_, BoardEvent::Kind::notice, 0, what});
}

std::vector<BoardEvent> AvrEmulator::takeEvents() {
    std::stable_sort(events_.begin(), events_.end(),
                     [](const BoardEvent& a, const BoardEvent& b) { return a.at < b.at; });
    return std::exchange(events_, {});
}

std::vector<std::uint8_t> AvrEmulator::nonvolatile() const {
    return chip_ ? chip_->core().eeprom() : eeprom_;
}

BoardFigures AvrEmulator::figures() const {
    BoardFigures f = past_;
    if (!chip_) return f;
    const AvrCore& core = chip_->core();
    const avr_t& avr = *core.avr();
    f.cycles += avr.cycle;
    f.asleep += core.asleep();
    f.nonvolatileWrites += core.eepromWrites();
    f.resets += core.resets();
    if (const AdcChip* converter = chip_->converter()) {
        f.converted += converter->converted();
        f.taken += converter->taken();
    }
    const std::uint32_t from = image_.ramUsedTo.value_or(avr.ioend + 1U);
    std::uint32_t free = 0;
    while (from + free <= avr.ramend && avr.data[from + free] == untouchedRam) ++free;
    f.leastStackFree = std::min(f.leastStackFree.value_or(free), free);
    return f;
}

BoardSurvey AvrEmulator::survey() {
    return survey_ ? survey_->seen() : seen_;
}

std::vector<AddressRange> AvrEmulator::executed() const {
    std::vector<AddressRange> ranges;
    for (std::uint32_t word = 0; word < executed_.size(); ++word) {
        if (executed_[word] == 0) continue;
        const std::uint32_t at = 2 * word;
        if (ranges.empty() || ranges.back().to != at) ranges.push_back({at, at});
        ranges.back().to = at + 2;
    }
    return ranges;
}

std::string AvrEmulator::whereabouts() const {
    if (!chip_) return "no supply";
    const std::uint32_t pc = chip_->core().avr()->pc;
    std::array<char, 8> digits{};
    std::uint32_t rest = pc;
    for (std::size_t i = digits.size(); i-- > 0; rest >>= 4U)
        digits[i] = "0123456789abcdef"[rest & 15U];
    std::string text = "0x" + std::string{digits.begin() + 3, digits.end()};
    const std::string function = image_.functionAt(pc);
    return function.empty() ? text : text + " (" + function + ")";
}

void AvrEmulator::hashInto(Hash& hash) const {
    for (const std::uint8_t byte : nonvolatile()) hash.add(std::uint64_t{byte});
    hash.add(static_cast<std::uint64_t>(now_.count()));
    if (!chip_) return;
    const avr_t& avr = *chip_->core().avr();
    for (std::uint32_t i = 0; i <= avr.ramend; ++i) hash.add(std::uint64_t{avr.data[i]});
    hash.add(std::uint64_t{avr.pc});
    hash.add(std::uint64_t{avr.cycle});
    if (chip_->converter() != nullptr) chip_->converter()->hashInto(hash);
}

std::string AvrEmulator::debug(int port) {
    if (!chip_) return "it has no supply";
    if (serveDebugger(chip_->core(), port)) return {};
    return "port " + std::to_string(port) + " cannot be served";
}

}  // namespace jh

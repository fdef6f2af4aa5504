// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware-bridge/avr/avr_chip.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "firmware-bridge/adc/adc_chips.h"
#include "firmware-bridge/adc/two_wire_master.h"
#include "firmware-bridge/board/avr_pins.h"
#include "sim/base/check.h"

namespace jh {

namespace {

const auto twiPort = static_cast<std::uint32_t>(AVR_IOCTL_TWI_GETIRQ(0));
const auto spiPort = static_cast<std::uint32_t>(AVR_IOCTL_SPI_GETIRQ(0));

}  // namespace

AvrChip::AvrChip(const Board& board, const FirmwareImage& image,
                 const std::vector<std::uint8_t>& eeprom, SimTime since,
                 std::vector<BoardEvent>& events, std::function<void(const std::string&)> notice)
    : board_{board},
      events_{events},
      notice_{std::move(notice)},
      core_{board, image, eeprom, since} {
    connectUart();
    connectConverter();
    for (const ButtonOnBoard& button : board_.buttons) press(button, false);
    connectLamps();
    connectLcd();
    connectDigits();
    connectTwi();
}

/// What hears the two-wire peripheral.
void AvrChip::connectTwi() {
    const auto [scl, sda] = twiPins(board_.mcu);
    const auto at = [this](const PinName& pin) {
        const auto found = std::find(ofConverter_.begin(), ofConverter_.end(), pin);
        return static_cast<std::size_t>(found - ofConverter_.begin());
    };
    scl_ = at(scl);
    sda_ = at(sda);
    const std::size_t last = std::max(scl_, sda_);
    const bool converter = last < ofConverter_.size() && converter_->pins()[scl_].name == "SCL";
    if (converter) twi_ = core_.module<avr_twi_t>("twi");
    if (!converter && (!lcd_ || board_.lcd->i2c == 0)) return;
    avr_irq_register_notify(avr_io_getirq(core_.avr(), twiPort, TWI_IRQ_OUTPUT), twiStep, this);
}

void AvrChip::connectLamps() {
    const auto tell = [this](const PinName& pin, BoardEvent::Kind kind, const std::string& name,
                             bool oneIsHigh) {
        core_.watch(pin, [this, kind, name, oneIsHigh, last = false](bool high) mutable {
            const bool one = high == oneIsHigh;
            if (one == last) return;
            last = one;
            events_.push_back({core_.now(), kind, one ? 1 : 0, name});
        });
    };
    for (const LampOnBoard& lamp : board_.lamps) {
        tell(lamp.pin, BoardEvent::Kind::lamp, lamp.name, lamp.litHigh);
    }
    for (const PinName& pin : board_.trace) tell(pin, BoardEvent::Kind::pin, pin, true);
}

void AvrChip::connectLcd() {
    const auto& on = board_.lcd;
    if (!on) return;
    lcd_.emplace(on->columns, on->rows, core_.now());
    for (std::size_t i = 0; i < Hd44780::pins.size(); ++i) {
        const auto at = on->pins.find(std::string{Hd44780::pins[i]});
        if (at == on->pins.end()) continue;
        core_.watch(at->second, [this, i](bool high) {
            // Its own levels come back here too.
            if (lcdSpeaks_ && i >= Hd44780::dataPin) return;
            lcd_->drive(i, high, core_.now());
            answerOfLcd();
        });
    }
}

/// Levels that the display puts on its data lines, or takes away.
void AvrChip::answerOfLcd() {
    const auto output = lcd_->output();
    if (!output && !lcdSpeaks_) return;
    lcdSpeaks_ = true;
    for (std::size_t bit = 0; bit < 8; ++bit) {
        const auto at = board_.lcd->pins.find("D" + std::to_string(bit));
        if (at == board_.lcd->pins.end() || core_.drives(at->second)) continue;
        core_.put(at->second, !output || (*output >> bit & 1U) != 0);
    }
    lcdSpeaks_ = output.has_value();
}

void AvrChip::connectDigits() {
    const auto& on = board_.digits;
    if (!on) return;
    digits_.emplace(on->digits.size(), on->table, core_.now());
    for (std::size_t i = 0; i < on->segments.size(); ++i) {
        const auto drive = [this, i](bool high) {
            digits_->segment(i, high == board_.digits->segmentLitHigh, core_.now());
        };
        drive(false);
        core_.watch(on->segments[i], drive);
    }
    for (std::size_t i = 0; i < on->digits.size(); ++i) {
        const auto drive = [this, i](bool high) {
            digits_->digit(i, high == board_.digits->digitOnHigh, core_.now());
        };
        core_.watch(on->digits[i], drive);
    }
}

void AvrChip::tellDisplays() {
    const auto tell = [this](std::vector<ShownText> texts, BoardEvent::Kind kind) {
        for (ShownText& shown : texts) {
            events_.push_back({shown.at, kind, 0, std::move(shown.text)});
        }
    };
    if (lcd_) {
        tell(lcd_->takeShown(core_.now()), BoardEvent::Kind::display);
        tell(lcd_->takeNotices(), BoardEvent::Kind::notice);
    }
    if (digits_) tell(digits_->takeShown(core_.now()), BoardEvent::Kind::display);
}

void AvrChip::connectConverter() {
    const auto& on = board_.converter;
    if (!on) return;
    converter_ = makeAdcChip(on->chip, on->rate_Hz);
    JH_CHECK(converter_ != nullptr);
    converter_->powerOn(core_.now());
    const auto& pins = converter_->pins();
    for (std::size_t i = 0; i < pins.size(); ++i) {
        const auto at = on->pins.find(std::string{pins[i].name});
        const PinName pin = at == on->pins.end() ? PinName{} : at->second;
        ofConverter_.push_back(pin);
        shown_.push_back(converter_->level(i));
        if (pin.empty()) continue;
        if (pins[i].drivenByChip) core_.put(pin, shown_.back());
        if (pins[i].openDrain && !pins[i].drivenByChip)
            core_.put(pin, true);  // the board's pull-up
        core_.watch(pin, [this, i](bool high) { converterPin(i, high); });
    }
    avr_irq_t* byte = avr_io_getirq(core_.avr(), spiPort, SPI_IRQ_OUTPUT);
    spi_ = core_.module<avr_spi_t>("spi");
    if (byte != nullptr && spi_ != nullptr) avr_irq_register_notify(byte, spiByte, this);
}

/// The converter's outputs onto the pins, and its next timer as a place to stop.
void AvrChip::showConverter() {
    const auto& pins = converter_->pins();
    for (std::size_t i = 0; i < pins.size(); ++i) {
        const bool level = converter_->level(i);
        if (ofConverter_[i].empty() || !pins[i].drivenByChip || shown_[i] == level) continue;
        shown_[i] = level;
        core_.put(ofConverter_[i], level);
    }
    if (const auto wake = converter_->wake()) core_.stopSoon(core_.cycleAt(*wake));
}

void AvrChip::converterPin(std::size_t pin, bool high) {
    const auto& pins = converter_->pins();
    if (pins[pin].drivenByChip && !pins[pin].openDrain) return;
    // While the peripheral has the lines, the ports have not.
    if (twi_ != nullptr && pins[pin].openDrain && avr_regbit_get(core_.avr(), twi_->twen) != 0) {
        return;
    }
    const SimTime at = core_.now();
    converter_->advanceTo(at);
    // While the chip pulls nobody sees the AVR let go of a line.
    for (std::size_t i = 0; i < pins.size(); ++i) {
        if (i == pin || !pins[i].openDrain || ofConverter_[i].empty()) continue;
        converter_->drive(i, !core_.pulls(ofConverter_[i]), at);
    }
    converter_->drive(pin, pins[pin].openDrain ? !core_.pulls(ofConverter_[pin]) : high, at);
    showConverter();
}

/// A byte by the SPI peripheral: its eight bits on the converter's pins, at one instant.
void AvrChip::spiByte(avr_irq_t*, std::uint32_t value, void* param) {
    AvrChip& chip = *static_cast<AvrChip*>(param);
    AdcChip& converter = *chip.converter_;
    const auto& pins = converter.pins();
    const auto find = [&](std::initializer_list<std::string_view> names) {
        for (std::size_t i = 0; i < pins.size(); ++i) {
            if (std::find(names.begin(), names.end(), pins[i].name) != names.end()) return i;
        }
        return pins.size();
    };
    const std::size_t clock = find({"SCLK", "SCK", "PD_SCK"}), in = find({"SDI", "DIN"}),
                      out = find({"SDO", "DOUT", "DRDY/DOUT"});
    if (clock == pins.size() || out == pins.size()) return;
    avr_t* avr = chip.core_.avr();
    const SimTime at = chip.core_.now();
    converter.advanceTo(at);
    const bool idleHigh = (avr->data[chip.spi_->r_spcr] >> 3U & 1U) != 0;  // CPOL
    unsigned received = 0;
    for (int bit = 7; bit >= 0; --bit) {
        if (in != pins.size()) converter.drive(in, (value >> bit & 1U) != 0, at);
        converter.drive(clock, !idleHigh, at);
        if (!idleHigh) received = received << 1U | (converter.level(out) ? 1U : 0U);
        converter.drive(clock, idleHigh, at);
        if (idleHigh) received = received << 1U | (converter.level(out) ? 1U : 0U);
    }
    chip.showConverter();
    avr_raise_irq(avr_io_getirq(avr, spiPort, SPI_IRQ_INPUT), received);
}

/// A step of the two-wire peripheral: its bits on the converter's lines, at one instant, and its
/// bytes for a display's PCF8574.
void AvrChip::twiStep(avr_irq_t*, std::uint32_t value, void* param) {
    AvrChip& chip = *static_cast<AvrChip*>(param);
    avr_twi_msg_irq_t message{};
    message.u.v = value;
    const avr_twi_msg_t& twi = message.u.twi;
    const unsigned what = twi.msg;
    std::optional<TwoWireMaster> wires;
    if (chip.twi_ != nullptr) {
        wires.emplace(*chip.converter_, chip.scl_, chip.sda_, chip.core_.now());
    }
    const auto answer = [&](unsigned kind, unsigned byte) {
        avr_raise_irq(avr_io_getirq(chip.core_.avr(), twiPort, TWI_IRQ_INPUT),
                      avr_twi_irq_msg(static_cast<std::uint8_t>(kind), twi.addr,
                                      static_cast<std::uint8_t>(byte)));
    };
    const int display = chip.lcd_ ? chip.board_.lcd->i2c : 0;
    if ((what & TWI_COND_START) != 0) {
        chip.lcdAddressed_ = display != 0 && static_cast<int>(twi.addr >> 1U) == display;
        if (wires) wires->start();
        if ((wires && wires->send(twi.addr)) || chip.lcdAddressed_) answer(TWI_COND_ACK, 1);
    } else if ((what & TWI_COND_WRITE) != 0) {
        if (chip.lcdAddressed_) chip.expand(twi.data);
        if ((wires && wires->send(twi.data)) || chip.lcdAddressed_) answer(TWI_COND_ACK, 1);
    } else if ((what & TWI_COND_READ) != 0) {
        unsigned byte = wires ? wires->receive((what & TWI_COND_ACK) != 0) : 0xFFU;
        // The outputs of a PCF8574 are pulled down only: the display's levels win over ones.
        if (chip.lcdAddressed_) {
            byte = chip.expander_ & (unsigned{chip.lcd_->output().value_or(0xFF)} | 0x0FU);
        }
        answer(TWI_COND_READ, byte);
    }
    if ((what & TWI_COND_STOP) != 0) {
        chip.lcdAddressed_ = false;
        if (wires) wires->stop();
    }
    if (chip.converter_) chip.showConverter();
}

/// As the boards that are sold wire it: RS, RW, E, back light, D4 to D7 from P0 on.
void AvrChip::expand(unsigned byte) {
    constexpr std::size_t rs = 0, rw = 1, e = 2, d4 = Hd44780::dataPin + 4;
    const auto drive = [&](std::size_t pin, unsigned bit) {
        lcd_->drive(pin, (byte >> bit & 1U) != 0, core_.now());
    };
    expander_ = static_cast<std::uint8_t>(byte);
    const bool falls = (byte >> e & 1U) == 0;
    if (falls) drive(e, e);
    drive(rs, rs);
    drive(rw, rw);
    for (unsigned bit = 4; bit < 8; ++bit) drive(d4 + bit - 4, bit);
    if (!falls) drive(e, e);
}

void AvrChip::connectUart() {
    const auto& on = board_.uart;
    if (!on) return;
    const char name = static_cast<char>('0' + on->number);
    uart_ = core_.module<avr_uart_t>("uart", name);
    JH_CHECK(uart_ != nullptr);
    const auto port = static_cast<std::uint32_t>(static_cast<unsigned char>(name));
    avr_irq_register_notify(
        avr_io_getirq(core_.avr(), AVR_IOCTL_UART_GETIRQ(port), UART_IRQ_OUTPUT), sent, this);
    line_.emplace(*on, board_.clock_Hz);
}

void AvrChip::sent(avr_irq_t*, std::uint32_t value, void* param) {
    AvrChip& chip = *static_cast<AvrChip*>(param);
    ++chip.bytesSent_;
    const AvrUartLine::Outcome outcome = chip.line_->send(
        chip.core_.avr(), chip.uart_, chip.core_.now(), static_cast<std::uint8_t>(value));
    if (!outcome.problem.empty()) chip.notice_(outcome.problem);
    if (!outcome.readable) return;
    chip.events_.push_back(
        {outcome.left, BoardEvent::Kind::byte, static_cast<int>(value & 0xFFU), {}});
    chip.leaving_.push_back(outcome.left);
    chip.core_.stopSoon(chip.core_.cycleAt(outcome.left));
}

void AvrChip::conversion(SimTime at, std::int64_t code) {
    if (!converter_) return;
    // The chip may stand a few cycles further.
    at = std::max(at, core_.now());
    converter_->advanceTo(at);
    converter_->conversion(at, code);
    showConverter();
}

void AvrChip::receive(std::uint8_t byte) {
    if (!line_) return;
    const std::string problem = line_->receive(core_.avr(), uart_, byte);
    if (!problem.empty()) notice_(problem);
}

void AvrChip::press(const ButtonOnBoard& button, bool pressed) {
    core_.put(button.pin, pressed == button.pressedHigh);
}

void AvrChip::runTo(SimTime t, bool stopAtByte) {
    const avr_cycle_count_t end = core_.cycleAt(t);
    const auto byteLeft = [&] { return stopAtByte && !leaving_.empty(); };
    while (core_.avr()->cycle < end && !core_.ended()) {
        avr_cycle_count_t target = end;
        if (byteLeft()) target = std::min(target, core_.cycleAt(leaving_.front()));
        if (converter_) {
            if (const auto wake = converter_->wake()) {
                target = std::min(target, std::max(core_.cycleAt(*wake), core_.avr()->cycle));
            }
        }
        core_.runTo(target);
        if (converter_) {
            converter_->advanceTo(core_.now());
            showConverter();
        }
        if (byteLeft() && core_.now() >= leaving_.front()) break;
    }
    tellDisplays();
}

}  // namespace jh

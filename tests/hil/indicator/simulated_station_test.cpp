// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/indicator/simulated_station.h: habits of command registers, as makers have them.
#include "hil/indicator/simulated_station.h"

#include <boost/test/unit_test.hpp>

#include "hil/driver/modbus_indicator.h"
#include "tests/support/direct_client.h"
#include "tests/support/indicator_rig.h"
#include "tests/support/printers.h"
#include "tests/support/shipped.h"

using namespace jh;
using namespace jh::test;

namespace {

/// A family made up here: masses, a status, and whatever a test adds.
IndicatorProfile plainFamily() {
    IndicatorProfile p;
    using Type = RegisterField::Type;
    const auto field = [&p](const char* name, int address, Type type, bool writable = false) {
        RegisterField f;
        f.address = address;
        f.type = type;
        f.writable = writable;
        p.fields[name] = f;
    };
    field("status", 0, Type::u16);
    field("gross", 1, Type::i32);
    field("net", 3, Type::i32);
    field("command", 10, Type::u16, true);
    field("other_counter", 11, Type::u16, true);
    field("other_trigger", 12, Type::u16, true);
    field("other_echo", 13, Type::u16);
    field("other_counter_echo", 14, Type::u16);
    field("calibration_load", 15, Type::u32, true);
    field("command_state", 17, Type::u16);
    p.fields["command_state"].values = {{1, "done"}, {2, "busy"}, {3, "not stable"}, {9, "error"}};
    p.gapsReadable = true;
    p.statusBits["stable"].bit = 0;
    p.statusBits["zero_centre"].bit = 1;
    p.statusBits["other_taken"].bit = 2;
    p.commandStyles["style"].field = "command";
    p.commands["zero"].code = 1;
    p.commands["tare"].code = 2;
    p.commands["adjust_zero"].code = 3;
    p.commands["adjust_span"].code = 4;
    p.commands["adjust_span"].parameter = "calibration_load";
    return p;
}

struct Bench {
    explicit Bench(IndicatorProfile p) : profile{std::move(p)} {
        jh_core_execute(rig.core.state(), 3'000'000, JH_CORE_UNLOCK, 0);
        jh_core_execute(rig.core.state(), 3'000'000, JH_CORE_ADJUST_ZERO, 0);
        rig.kg = 20'000;
        rig.advance(5s);
        jh_core_execute(rig.core.state(), 8'000'000, JH_CORE_ADJUST_SPAN, 20'000'000'000);
        rig.kg = 200;
        rig.advance(5s);
    }
    CommandStyle& style() { return profile.commandStyles["style"]; }
    void write(int address, std::vector<std::uint16_t> words) {
        BOOST_TEST((station.write(ModbusTable::holdingRegisters, address, words) ==
                    ModbusException::none));
    }
    std::uint16_t at(int address) {
        std::uint16_t word{};
        BOOST_TEST((station.read(ModbusTable::holdingRegisters, address, {&word, 1}) ==
                    ModbusException::none));
        return word;
    }
    bool atZero() { return at(2) == 0; }

    IndicatorRig rig;
    IndicatorProfile profile;
    ScaleModel scale{shipped("100t-jjg539-initial").scale};
    SimulatedStation station{profile, rig.core, [this] { return rig.now(); }};
    DirectClient client{station};
    ModbusIndicator indicator{profile, client, rig, scale};
};

}  // namespace

BOOST_AUTO_TEST_SUITE(simulated_station)

BOOST_AUTO_TEST_CASE(the_same_code_wants_a_zero_between) {
    IndicatorProfile p = plainFamily();
    p.commandStyles["style"].zeroBetween = true;
    Bench b{p};
    b.write(10, {1});
    BOOST_TEST(b.atZero());
    b.rig.kg = 340;
    b.rig.advance(5s);
    b.write(10, {1});
    BOOST_TEST(!b.atZero());
    b.write(10, {0});
    b.write(10, {1});
    BOOST_TEST(b.atZero());
    b.rig.kg = 140;
    b.rig.advance(5s);
    BOOST_TEST(b.indicator.zero().has_value());
}

BOOST_AUTO_TEST_CASE(a_trigger_carries_out_what_lies_in_the_mailbox) {
    IndicatorProfile p = plainFamily();
    p.commandStyles["style"].trigger = "other_trigger";
    p.commandStyles["style"].result = "command_state";
    Bench b{p};
    b.write(10, {1});
    BOOST_TEST(!b.atZero());
    b.write(12, {1});
    BOOST_TEST(b.atZero());
    BOOST_TEST(b.at(17) == 1);
    b.rig.moving = true;
    b.rig.advance(2s);
    const auto refused = b.indicator.zero();
    BOOST_REQUIRE(!refused.has_value());
    BOOST_TEST(refused.error().text == "zero: not stable");
}

BOOST_AUTO_TEST_CASE(a_counter_tells_a_new_command_from_a_repeated_one) {
    IndicatorProfile p = plainFamily();
    p.commandStyles["style"].counter = "other_counter";
    p.commandStyles["style"].counterEcho = "other_counter_echo";
    Bench b{p};
    b.write(10, {1});
    BOOST_TEST(!b.atZero());
    BOOST_TEST(b.indicator.zero().has_value());
    BOOST_TEST(b.atZero());
    BOOST_TEST(b.at(14) == 1);
    b.rig.kg = 100;
    b.rig.advance(5s);
    BOOST_TEST(b.indicator.zero().has_value());
    BOOST_TEST(b.at(14) == 2);
    BOOST_TEST(b.atZero());
}

BOOST_AUTO_TEST_CASE(a_handshake_bit_rises_and_falls_with_the_code) {
    IndicatorProfile p = plainFamily();
    p.commandStyles["style"].handshake = "other_taken";
    Bench b{p};
    b.write(10, {1});
    BOOST_TEST((b.at(0) & 4) == 4);
    b.write(10, {0});
    BOOST_TEST((b.at(0) & 4) == 0);
    b.rig.kg = 100;
    b.rig.advance(5s);
    BOOST_TEST(b.indicator.zero().has_value());
    BOOST_TEST((b.at(0) & 4) == 0);
    BOOST_TEST(b.at(10) == 0);
}

BOOST_AUTO_TEST_CASE(an_echo_comes_when_it_is_done_and_not_before) {
    IndicatorProfile p = plainFamily();
    p.commandStyles["style"].echo = "other_echo";
    Bench b{p};
    b.rig.moving = true;
    b.rig.advance(2s);
    b.write(10, {1});
    BOOST_TEST(b.at(13) == 0);
    BOOST_TEST(b.indicator.zero().error().kind == IoError::Kind::timeout);
    b.rig.moving = false;
    b.rig.advance(5s);
    BOOST_TEST(b.indicator.zero().has_value());
    BOOST_TEST(b.at(13) == 1);
}

BOOST_AUTO_TEST_CASE(a_parameter_may_come_after_its_code) {
    IndicatorProfile p = plainFamily();
    p.commandStyles["style"].parameter = CommandStyle::Order::after;
    p.commandStyles["style"].result = "command_state";
    Bench b{p};
    b.rig.kg = 40'000;
    b.rig.advance(5s);
    b.write(10, {4});
    BOOST_TEST(b.at(2) == 40'000);
    b.write(15, {0, 39'000});
    BOOST_TEST(b.at(2) == 39'000);
    BOOST_TEST(b.indicator.adjustSpan(ExactMass::kg(40'000)).has_value());
    BOOST_TEST(b.at(2) == 40'000);
}

BOOST_AUTO_TEST_CASE(what_takes_its_time_is_busy_until_then) {
    IndicatorProfile p = plainFamily();
    p.commandStyles["style"].result = "command_state";
    p.commandStyles["style"].duration = 2s;
    Bench b{p};
    b.write(10, {1});
    BOOST_TEST(b.at(17) == 2);
    b.rig.advance(1999ms);
    BOOST_TEST(b.at(17) == 2);
    b.rig.advance(1ms);
    BOOST_TEST(b.at(17) == 1);
    BOOST_TEST(b.indicator.zero().has_value());
}

BOOST_AUTO_TEST_CASE(a_refusal_can_be_an_exception_in_the_makers_words) {
    IndicatorProfile p = plainFamily();
    p.commandStyles["style"].refusal = ModbusException::failure;
    p.exceptions[4] = "operation error";
    Bench b{p};
    b.rig.moving = true;
    b.rig.advance(2s);
    const auto refused = b.indicator.zero();
    BOOST_REQUIRE(!refused.has_value());
    BOOST_TEST(refused.error().kind == IoError::Kind::exception);
    BOOST_TEST(refused.error().text == "zero: exception 04, operation error");
}

BOOST_AUTO_TEST_CASE(unknown_codes_are_refused_and_addresses_guarded) {
    IndicatorProfile p = plainFamily();
    p.commandStyles["style"].result = "command_state";
    p.wholeFields = true;
    Bench b{p};
    b.write(10, {77});
    BOOST_TEST(b.at(17) == 9);
    std::uint16_t words[2]{};
    const auto read = [&](int address, std::size_t count) {
        return b.station.read(ModbusTable::holdingRegisters, address, {words, count});
    };
    BOOST_TEST((read(1, 2) == ModbusException::none));
    BOOST_TEST((read(2, 2) == ModbusException::address));   // cuts two values
    BOOST_TEST((read(18, 1) == ModbusException::address));  // beyond the last
    const std::uint16_t one = 1;
    BOOST_TEST(
        (b.station.write(ModbusTable::holdingRegisters, 0, {&one, 1}) == ModbusException::address));
    BOOST_TEST((b.station.write(ModbusTable::holdingRegisters, 15, {&one, 1}) ==
                ModbusException::address));
}

BOOST_AUTO_TEST_CASE(a_seventeenth_bit_stands_in_the_status) {
    IndicatorProfile p = plainFamily();
    p.fields["gross"].type = RegisterField::Type::u16;
    p.fields["gross"].highBit = "other_65536";
    p.fields["gross"].sign = "gross_negative";
    p.statusBits["other_65536"].bit = 5;
    p.statusBits["gross_negative"].bit = 6;
    Bench b{p};
    for (const std::int64_t kg : {60'000, 70'000, 99'980, -20}) {
        b.rig.kg = kg;
        b.rig.advance(5s);
        BOOST_TEST(b.indicator.read().value().gross == ExactMass::kg(kg));
    }
    b.rig.kg = 70'000;
    b.rig.advance(5s);
    BOOST_TEST(b.at(1) == 70'000 - 65'536);
}

BOOST_AUTO_TEST_CASE(cells_and_their_warmth_are_told_by_who_knows_them) {
    IndicatorProfile p = plainFamily();
    RegisterField two;
    two.type = RegisterField::Type::i32;
    for (const auto& [name, address] :
         {std::pair{"cell_code_2", 20}, {"cell_zero_2", 22}, {"cell_weight_2", 24}}) {
        two.address = address;
        p.fields[name] = two;
    }
    RegisterField one;
    one.address = 26;
    one.type = RegisterField::Type::i16;
    p.fields["temperature"] = one;
    Bench b{p};
    BOOST_TEST(b.at(25) == 0);
    BOOST_TEST(b.at(26) == 0);
    b.station.cell = [](std::size_t index) {
        return CellValue{static_cast<std::int32_t>(index) * 70'000, -2, ExactMass::kg(1234)};
    };
    b.station.temperature = [] { return Temperature{-12.34}; };
    BOOST_TEST(b.at(20) == 1);
    BOOST_TEST(b.at(21) == 70'000 - 65'536);
    BOOST_TEST(b.at(22) == 0xFFFF);
    BOOST_TEST(b.at(23) == 0xFFFE);
    BOOST_TEST(b.at(25) == 1234);
    BOOST_TEST(b.at(26) == 65'536 - 123);
}

BOOST_AUTO_TEST_CASE(floats_and_the_low_word_first) {
    IndicatorProfile p = plainFamily();
    p.fields["gross"].type = RegisterField::Type::f32;
    p.lowWordFirst = true;
    Bench b{p};
    b.rig.kg = -340;
    b.rig.advance(5s);
    BOOST_TEST(b.indicator.read().value().gross == ExactMass::kg(-340));
    // -340 is C3AA0000 in IEEE 754.
    BOOST_TEST(b.at(1) == 0x0000);
    BOOST_TEST(b.at(2) == 0xC3AA);
}

BOOST_AUTO_TEST_SUITE_END()

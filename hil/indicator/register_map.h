// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "hil/indicator/profile.h"
#include "sim/base/exact_mass.h"

namespace jh {

/// Registers of one table that are read in one request.
struct RegisterBlock {
    ModbusTable table{};
    int address{};
    std::vector<std::uint16_t> words;  ///< when planned: zeros, as many as to be read
    int end() const { return address + static_cast<int>(words.size()); }
};

/// Registers as they were read, or as they will be answered, seen through a profile.
class RegisterImage {
public:
    explicit RegisterImage(const IndicatorProfile& profile) : profile_{&profile} {}

    void add(RegisterBlock block) { blocks_.push_back(std::move(block)); }
    bool holds(const std::string& name) const;

    /// The number in the registers of a field, sign and high bit included; masses in steps of
    /// 10^-decimals. Nothing when it is not there, or a float that is no number.
    std::optional<std::int64_t> raw(const std::string& name, int decimals = 0) const;
    /// Whether a status bit is set; false when its field is not there.
    bool bit(const std::string& name) const;
    /// What the code in a field means, from its `values`; its number as text where there are none.
    std::string meaning(const std::string& name) const;

private:
    const std::uint16_t* find(const RegisterField& field) const;

    const IndicatorProfile* profile_;
    std::vector<RegisterBlock> blocks_;
};

/// The code of a field that has this meaning.
std::optional<int> codeFor(const RegisterField& field, const std::string& meaning);

/// `value` as the words of a field, in the order of the profile; `before` are the words as they
/// were, for fields that are part of a register. Values that do not fit saturate, as a display
/// does. A mass that is sent as a float is in steps of 10^-decimals.
std::array<std::uint16_t, 2> encodeField(const IndicatorProfile& profile,
                                         const RegisterField& field, std::int64_t value,
                                         int decimals = 0,
                                         std::array<std::uint16_t, 2> before = {});

/// The fewest requests that read these fields: neighbours together, no more registers than the
/// family allows, nothing between fields unless gaps may be read. Names that the profile lacks do
/// not count.
std::vector<RegisterBlock> planReading(const IndicatorProfile& profile,
                                       const std::vector<std::string>& names);

/// Fields that one Reading needs, status fields included.
std::vector<std::string> readingFields(const IndicatorProfile& profile);

/// One of the unit in which a family's `unit` field may count: kg, g, t, lb.
std::optional<ExactMass> massUnitNamed(const std::string& name);

}  // namespace jh

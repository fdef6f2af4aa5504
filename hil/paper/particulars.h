// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "hil/paper/masses.h"
#include "hil/paper/say.h"
#include "hil/report/read_record.h"

namespace jh {

/// What a report says about scale, work and place, each as text in the reader's language. Empty:
/// not known, a line to fill in by hand.
struct Particulars {
    std::string title;  ///< of the scenario
    std::string name;   ///< of the kind of scale
    std::string maker, model, serial, owner, address, place, office;
    std::string max, min, e, accuracyClass, intervals;
    std::string cells, deck;
    std::string indicator, firmware, indicatorSerial, eventCounter, checksum;
    std::string regulation, stage;
    std::string weights, weightsCertificate, weightsUntil, smallWeights;
    std::string temperature, humidity, pressure, gravity, wind;
    std::string date, validUntil, verifier, checker;
    std::string recordNumber, certificateNumber, stickerNumber;
};
Particulars particularsOf(const StoredRecord& record, const Say& say);

/// Whether a simulator made the record: real scales have no ground truth.
bool isSimulated(const VerificationResult& result);

/// Whether a pass gives the owner a new period of validity: an inspection in use does not.
bool givesValidity(const Regulation& regulation);

/// Hours and minutes of simulated time, "3 h 22 min".
std::string hoursText(SimTime time);

/// Marks of certainty of all tests, each once, in the reader's language.
std::vector<std::string> certainties(const VerificationResult& result, const Say& say);

/// A reason for a verdict other than pass, in the reader's language.
struct Finding {
    std::string test, clause, what;  ///< title of the test, its clause, "support 2L"
    std::string value, limit;        ///< with unit or as found; empty where there is none
    std::string reason;              ///< in words; may be empty
    std::string certainty;           ///< of clause and limit; empty when sure
};
/// Of one test, in the order of the work.
std::vector<Finding> findingsOf(const TestResult& test, const Masses& masses, const Say& say);
/// Of all tests.
std::vector<Finding> findingsOf(const StoredRecord& record, const Masses& masses, const Say& say);

}  // namespace jh

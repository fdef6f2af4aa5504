// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/procedure/record.h"

namespace jh {

const char* word(Verdict verdict) {
    switch (verdict) {
        case Verdict::pass:
            return "pass";
        case Verdict::fail:
            return "fail";
        case Verdict::error:
            return "error";
        case Verdict::invalid:
            return "invalid";
        case Verdict::interrupted:
            return "interrupted";
        case Verdict::not_run:
            break;
    }
    return "not_run";
}

std::vector<std::string> VerificationResult::failingTests() const {
    std::vector<std::string> ids;
    for (const TestResult& test : tests) {
        if (test.verdict == Verdict::fail) ids.push_back(test.rule.id);
    }
    return ids;
}

}  // namespace jh

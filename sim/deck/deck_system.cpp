// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/deck/deck_system.h"

#include <algorithm>
#include <cmath>

#include "sim/base/check.h"

namespace jh {

namespace {

// A rattling deck sees a handful of patterns; more than this and the oldest are made anew.
constexpr std::size_t patternsKept = 32;

// Up to here all supports that are wrong change at once; then only the worst, which breaks cycles.
constexpr int jointPasses = 8;

// Stiffness-proportional damping has its given ratio here, where an empty deck bends. A part in
// proportion to the mass would lead force past the supports.
constexpr double dampingFrequency_Hz = 24.0;

}  // namespace

DeckSolver::System::System(const DeckModel& deck, std::span<const DeckSupport> points,
                           double localGravity)
    : shape{deck}, gravity_m_s2{localGravity} {
    JH_CHECK(points.size() >= 3 && points.size() <= mostSupports);
    // zeta = dampingTime omega / 2
    constexpr double pi = 3.14159265358979323846;
    dampingTime_s = deck.dampingRatio / (pi * dampingFrequency_Hz);

    DeckMatrices matrices = assemble(deck, shape);
    deckMass = std::move(matrices.mass);
    deckStiffness = std::move(matrices.stiffness);
    deckWeight_N = std::move(matrices.ownMass_kg);
    for (double& load : deckWeight_N) load *= gravity_m_s2;
    deckWeightTotal_N = weightOf(deck.mass(), Acceleration{gravity_m_s2}).si();
    settlementLoad_N.assign(size(), 0.0);

    for (const DeckSupport& point : points) {
        Support support{shape.at(point.x.si(), point.y.si()),
                        point.missing ? 0.0 : point.stiffness.si(), point.gap.si(), point.holds};
        JH_CHECK(support.stiffness_N_m >= 0.0);
        support.shape.addTo(settlementLoad_N.data(), support.stiffness_N_m * support.gap_m);
        supports.push_back(support);
    }
    stiffness = stiffnessWith(0);
    stiffnessRows = SparseRows{stiffness};
    rests_.reserve(patternsKept);
    steps_.reserve(patternsKept);
    JH_CHECK(restWith(0).possible);
    attach({});
}

OpenContacts DeckSolver::System::openContacts(const double* u) const {
    OpenContacts open = 0;
    for (std::size_t j = 0; j < supports.size(); ++j) {
        if (isOpen(supports[j], springForce_N(supports[j], u))) open |= OpenContacts{1} << j;
    }
    return open;
}

void DeckSolver::System::effectivePositions(const DeckState& state, double* out) const {
    JH_CHECK(state.u_m.size() == size() && state.v_m_s.size() == size());
    for (std::size_t i = 0; i < size(); ++i) {
        out[i] = state.u_m[i] + dampingTime_s * state.v_m_s[i];
    }
}

void DeckSolver::System::residual(const double* u, std::span<const double> outside_N,
                                  double* out) const {
    JH_CHECK(outside_N.size() <= size());
    std::copy(load_N.begin(), load_N.end(), out);
    for (std::size_t i = 0; i < outside_N.size(); ++i) out[i] += outside_N[i];
    stiffnessRows.subtractProduct(u, out);
}

void DeckSolver::System::giveBackOpen(OpenContacts open, const double* u, double* out) const {
    for (std::size_t j = 0; open != 0; ++j, open >>= 1) {
        if ((open & 1) != 0) supports[j].shape.addTo(out, springForce_N(supports[j], u));
    }
}

OpenContacts DeckSolver::System::nextContacts(OpenContacts assumed, OpenContacts found,
                                              const double* u, int pass) const {
    if (pass < jointPasses) return found;
    const OpenContacts wrong = assumed ^ found;
    OpenContacts worst = 0;
    double worstForce_N = -1.0;
    for (std::size_t j = 0; j < supports.size(); ++j) {
        const double force_N = std::fabs(springForce_N(supports[j], u));
        if ((wrong >> j & 1) == 0 || force_N <= worstForce_N) continue;
        worst = OpenContacts{1} << j;
        worstForce_N = force_N;
    }
    return assumed ^ worst;
}

void DeckSolver::System::attach(std::span<const PointMass> masses) {
    mass = deckMass;
    weight_N = deckWeight_N;
    for (const PointMass& point : masses) {
        const ShapeVector at = shape.at(point.x.si(), point.y.si());
        const double mass_kg = point.mass.si();
        for (std::size_t c = 0; c < at.count; ++c) {
            for (std::size_t r = 0; r < at.count; ++r) {
                mass.at(at.index[r], at.index[c]) += mass_kg * at.value[r] * at.value[c];
            }
        }
        at.addTo(weight_N.data(), mass_kg * gravity_m_s2);
    }
    load_N = weight_N;
    for (std::size_t i = 0; i < size(); ++i) load_N[i] += settlementLoad_N[i];
    stepsInUse_ = 0;
    massInverseKnown_ = false;
}

void DeckSolver::System::useStep(double dt_s) {
    if (dt_s == stepLength_s) return;
    stepLength_s = dt_s;
    stepsInUse_ = 0;
}

SymmetricMatrix DeckSolver::System::stiffnessWith(OpenContacts open) const {
    SymmetricMatrix sum = deckStiffness;
    for (const Support& support : supports) {
        const bool gone = (open & 1) != 0;
        open >>= 1;
        if (gone) continue;
        for (std::size_t c = 0; c < support.shape.count; ++c) {
            const double column = support.stiffness_N_m * support.shape.value[c];
            for (std::size_t r = 0; r < support.shape.count; ++r) {
                sum.at(support.shape.index[r], support.shape.index[c]) +=
                    column * support.shape.value[r];
            }
        }
    }
    return sum;
}

std::vector<double> DeckSolver::System::sumSlope_N_m(OpenContacts open) const {
    std::vector<double> slope(size());
    for (std::size_t j = 0; j < supports.size(); ++j) {
        if ((open >> j & 1) == 0) supports[j].shape.addTo(slope.data(), supports[j].stiffness_N_m);
    }
    return slope;
}

const DeckSolver::System::Rest& DeckSolver::System::restWith(OpenContacts open) {
    for (const Rest& rest : rests_) {
        if (rest.open == open) return rest;
    }
    if (rests_.size() == patternsKept) rests_.erase(rests_.begin() + 1);
    Rest rest{open, false, stiffnessWith(open), 0.0};
    rest.possible = rest.compliance.invert();
    if (rest.possible) {
        rest.sumCompliance_N2_J = rest.compliance.quadratic(sumSlope_N_m(open).data());
    }
    rests_.push_back(std::move(rest));
    return rests_.back();
}

const SymmetricMatrix& DeckSolver::System::stepInverse(OpenContacts open) {
    for (std::size_t i = 0; i < stepsInUse_; ++i) {
        if (steps_[i].open == open) return steps_[i].inverse;
    }
    if (stepsInUse_ == patternsKept) stepsInUse_ = 0;
    if (stepsInUse_ == steps_.size()) steps_.push_back({0, SymmetricMatrix{size()}});
    Step& step = steps_[stepsInUse_++];
    step.open = open;
    step.inverse = mass;
    const double factor = stepLength_s / 2.0 * (dampingTime_s + stepLength_s / 2.0);
    step.inverse.add(factor, open == 0 ? stiffness : stiffnessWith(open));
    JH_CHECK(step.inverse.invert());
    return step.inverse;
}

const SymmetricMatrix& DeckSolver::System::massInverse() {
    if (!massInverseKnown_) {
        massInverse_ = mass;
        JH_CHECK(massInverse_.invert());
        massInverseKnown_ = true;
    }
    return massInverse_;
}

}  // namespace jh

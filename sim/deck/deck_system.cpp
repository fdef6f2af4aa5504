// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/deck/deck_system.h"

#include <algorithm>
#include <cmath>

#include "sim/base/check.h"

namespace jh {

namespace {

// A rattling deck sees a handful of patterns; more than this and the oldest are made anew.
constexpr std::size_t patternsKept = 32;

// Up to here all cells that are wrong change at once; then only the worst, which breaks cycles.
constexpr int jointPasses = 8;

// Stiffness-proportional damping has its given ratio here, where an empty deck bends. A part in
// proportion to the mass would lead force past the cells.
constexpr double dampingFrequency_Hz = 24.0;

}  // namespace

DeckSolver::System::System(const DeckModel& deck, std::span<const CellPlace> places,
                           double cellStiffness, double localGravity)
    : shape{deck}, cellStiffness_N_m{cellStiffness}, gravity_m_s2{localGravity} {
    JH_CHECK(places.size() >= 3 && places.size() <= 64 && cellStiffness > 0.0);
    // zeta = dampingTime omega / 2
    constexpr double pi = 3.14159265358979323846;
    dampingTime_s = deck.dampingRatio / (pi * dampingFrequency_Hz);

    DeckMatrices matrices = assemble(deck, shape);
    deckMass = std::move(matrices.mass);
    deckStiffness = std::move(matrices.stiffness);
    deckLoad_N = std::move(matrices.ownMass_kg);
    for (double& load : deckLoad_N) load *= gravity_m_s2;

    for (const CellPlace& place : places) {
        Cell cell{shape.at(place.x.si(), place.y.si()), place.settlement.si()};
        cell.shape.addTo(deckLoad_N.data(), cellStiffness_N_m * cell.settlement_m);
        cells.push_back(cell);
    }
    stiffness = stiffnessWith(0);
    stiffnessRows = SparseRows{stiffness};
    rests_.reserve(patternsKept);
    steps_.reserve(patternsKept);
    JH_CHECK(restWith(0).possible);
    attach({});
}

LiftedCells DeckSolver::System::liftedCells(const double* u) const {
    LiftedCells lifted = 0;
    for (std::size_t j = 0; j < cells.size(); ++j) {
        if (springForce_N(cells[j], u) < 0.0) lifted |= LiftedCells{1} << j;
    }
    return lifted;
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

void DeckSolver::System::giveBackLifted(LiftedCells lifted, const double* u, double* out) const {
    for (std::size_t j = 0; lifted != 0; ++j, lifted >>= 1) {
        if ((lifted & 1) != 0) cells[j].shape.addTo(out, springForce_N(cells[j], u));
    }
}

LiftedCells DeckSolver::System::nextContacts(LiftedCells assumed, LiftedCells found,
                                             const double* u, int pass) const {
    if (pass < jointPasses) return found;
    const LiftedCells wrong = assumed ^ found;
    LiftedCells worst = 0;
    double worstForce_N = -1.0;
    for (std::size_t j = 0; j < cells.size(); ++j) {
        const double force_N = std::fabs(springForce_N(cells[j], u));
        if ((wrong >> j & 1) == 0 || force_N <= worstForce_N) continue;
        worst = LiftedCells{1} << j;
        worstForce_N = force_N;
    }
    return assumed ^ worst;
}

void DeckSolver::System::attach(std::span<const PointMass> masses) {
    mass = deckMass;
    load_N = deckLoad_N;
    for (const PointMass& point : masses) {
        const ShapeVector at = shape.at(point.x.si(), point.y.si());
        const double mass_kg = point.mass.si();
        for (std::size_t c = 0; c < at.count; ++c) {
            for (std::size_t r = 0; r < at.count; ++r) {
                mass.at(at.index[r], at.index[c]) += mass_kg * at.value[r] * at.value[c];
            }
        }
        at.addTo(load_N.data(), mass_kg * gravity_m_s2);
    }
    stepsInUse_ = 0;
    massInverseKnown_ = false;
}

void DeckSolver::System::useStep(double dt_s) {
    if (dt_s == stepLength_s) return;
    stepLength_s = dt_s;
    stepsInUse_ = 0;
}

SymmetricMatrix DeckSolver::System::stiffnessWith(LiftedCells lifted) const {
    SymmetricMatrix sum = deckStiffness;
    for (const Cell& cell : cells) {
        const bool gone = (lifted & 1) != 0;
        lifted >>= 1;
        if (gone) continue;
        for (std::size_t c = 0; c < cell.shape.count; ++c) {
            const double column = cellStiffness_N_m * cell.shape.value[c];
            for (std::size_t r = 0; r < cell.shape.count; ++r) {
                sum.at(cell.shape.index[r], cell.shape.index[c]) += column * cell.shape.value[r];
            }
        }
    }
    return sum;
}

const DeckSolver::System::Rest& DeckSolver::System::restWith(LiftedCells lifted) {
    for (const Rest& rest : rests_) {
        if (rest.lifted == lifted) return rest;
    }
    if (rests_.size() == patternsKept) rests_.erase(rests_.begin() + 1);
    Rest rest{lifted, false, stiffnessWith(lifted), 0.0};
    rest.possible = rest.compliance.invert();
    if (rest.possible) {
        std::vector<double> sumSlope(size());
        for (std::size_t j = 0; j < cells.size(); ++j) {
            if ((lifted >> j & 1) == 0) cells[j].shape.addTo(sumSlope.data(), cellStiffness_N_m);
        }
        rest.sumCompliance_N2_J = rest.compliance.quadratic(sumSlope.data());
    }
    rests_.push_back(std::move(rest));
    return rests_.back();
}

const SymmetricMatrix& DeckSolver::System::stepInverse(LiftedCells lifted) {
    for (std::size_t i = 0; i < stepsInUse_; ++i) {
        if (steps_[i].lifted == lifted) return steps_[i].inverse;
    }
    if (stepsInUse_ == patternsKept) stepsInUse_ = 0;
    if (stepsInUse_ == steps_.size()) steps_.push_back({0, SymmetricMatrix{size()}});
    Step& step = steps_[stepsInUse_++];
    step.lifted = lifted;
    step.inverse = mass;
    const double factor = stepLength_s / 2.0 * (dampingTime_s + stepLength_s / 2.0);
    step.inverse.add(factor, lifted == 0 ? stiffness : stiffnessWith(lifted));
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

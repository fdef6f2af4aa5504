// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/deck/deck_solver.h"

#include <algorithm>
#include <cmath>

#include "sim/base/check.h"
#include "sim/deck/deck_system.h"

namespace jh {

namespace {

using Scratch = double[maxFreedoms + 8];  // room for padded rows

}  // namespace

void DeckState::hashInto(Hash& hash) const {
    hash.add(std::span{u_m});
    hash.add(std::span{v_m_s});
    hash.add(std::span{a_m_s2});
}

DeckSolver::DeckSolver(const DeckModel& deck, std::span<const CellPlace> cells,
                       Stiffness cellStiffness, Acceleration gravity)
    : system_{std::make_unique<System>(deck, cells, cellStiffness.si(), gravity.si())} {}

DeckSolver::~DeckSolver() = default;
DeckSolver::DeckSolver(DeckSolver&&) noexcept = default;
DeckSolver& DeckSolver::operator=(DeckSolver&&) noexcept = default;

void DeckSolver::attach(std::span<const PointMass> masses) {
    system_->attach(masses);
}

std::size_t DeckSolver::cellCount() const {
    return system_->cells.size();
}

std::vector<double> DeckSolver::loadVector(std::span<const PointForce> forces) const {
    std::vector<double> load_N(system_->size());
    for (const PointForce& force : forces) {
        system_->shape.at(force.x.si(), force.y.si()).addTo(load_N.data(), force.down.si());
    }
    return load_N;
}

DeckState DeckSolver::equilibrium(std::span<const PointForce> forces) const {
    System& s = *system_;
    const std::vector<double> outside_N = loadVector(forces);
    DeckState state;
    LiftedCells lifted = 0;
    LiftedCells pinned = 0;  // cells without which the deck would tip over: they hold it

    for (int pass = 0; pass < mostContactPasses; ++pass) {
        // The second round takes away the rounding of the inverse.
        state.u_m.assign(s.size(), 0.0);
        for (int round = 0; round < 2; ++round) {
            Scratch rest, correction;
            s.residual(state.u_m.data(), outside_N, rest);
            s.giveBackLifted(lifted, state.u_m.data(), rest);
            s.restWith(lifted).compliance.multiply(rest, correction);
            for (std::size_t i = 0; i < s.size(); ++i) state.u_m[i] += correction[i];
        }

        const LiftedCells found = s.liftedCells(state.u_m.data()) & ~pinned;
        if (found == lifted) break;
        const LiftedCells next = s.nextContacts(lifted, found, state.u_m.data(), pass);
        if (s.restWith(next).possible) {
            lifted = next;
        } else {
            pinned |= next & ~lifted;
        }
    }
    state.v_m_s.assign(s.size(), 0.0);
    state.a_m_s2.assign(s.size(), 0.0);
    return state;
}

void DeckSolver::step(DeckState& state, std::span<const double> load_N, double dt_s,
                      std::span<Force> cellForces) {
    System& s = *system_;
    const std::size_t n = s.size();
    JH_CHECK(cellForces.size() == s.cells.size() && state.a_m_s2.size() == n);
    s.useStep(dt_s);

    // u' = predicted + dt^2/4 a', v' likewise, with the new acceleration a' from
    // (M + dt/2 C + dt^2/4 K) a' = load - K (u_p + dampingTime v_p); all cells in contact at first.
    Scratch known, effective, allClosed, rest, acceleration;
    s.effectivePositions(state, known);
    const double half_s = dt_s / 2.0, quarter_s2 = half_s * half_s, damping_s = s.dampingTime_s;
    LiftedCells lifted = s.liftedCells(known);
    for (std::size_t i = 0; i < n; ++i) {
        const double a = state.a_m_s2[i];
        state.u_m[i] += dt_s * state.v_m_s[i] + quarter_s2 * a;
        state.v_m_s[i] += half_s * a;
        known[i] = state.u_m[i] + damping_s * state.v_m_s[i];
    }
    s.residual(known, load_N, allClosed);

    const double implicit_s2 = quarter_s2 + damping_s * half_s;
    for (int pass = 0; pass < mostContactPasses; ++pass) {
        const double* load = allClosed;
        if (lifted != 0) {
            std::copy(allClosed, allClosed + n, rest);
            s.giveBackLifted(lifted, known, rest);
            load = rest;
        }
        s.stepInverse(lifted).multiply(load, acceleration);
        for (std::size_t i = 0; i < n; ++i) effective[i] = known[i] + implicit_s2 * acceleration[i];

        LiftedCells found = 0;
        for (std::size_t j = 0; j < s.cells.size(); ++j) {
            const double force_N = s.springForce_N(s.cells[j], effective);
            if (force_N < 0.0) found |= LiftedCells{1} << j;
            cellForces[j] = Force{std::max(0.0, force_N)};
        }
        if (found == lifted) break;
        lifted = s.nextContacts(lifted, found, effective, pass);
    }
    for (std::size_t i = 0; i < n; ++i) {
        state.u_m[i] += quarter_s2 * acceleration[i];
        state.v_m_s[i] += half_s * acceleration[i];
        state.a_m_s2[i] = acceleration[i];
    }
}

void DeckSolver::cellForces(const DeckState& state, std::span<Force> out) const {
    const System& s = *system_;
    JH_CHECK(out.size() == s.cells.size());
    Scratch effective;
    s.effectivePositions(state, effective);
    for (std::size_t j = 0; j < s.cells.size(); ++j) {
        out[j] = Force{std::max(0.0, s.springForce_N(s.cells[j], effective))};
    }
}

void DeckSolver::restart(DeckState& state, std::span<const double> load_N) const {
    System& s = *system_;
    Scratch effective, rest, acceleration;
    s.effectivePositions(state, effective);
    s.residual(effective, load_N, rest);
    s.giveBackLifted(s.liftedCells(effective), effective, rest);
    s.massInverse().multiply(rest, acceleration);
    state.a_m_s2.assign(acceleration, acceleration + s.size());
}

Force DeckSolver::ringingBound(const DeckState& state, const DeckState& rest) const {
    System& s = *system_;
    const std::size_t n = s.size();
    JH_CHECK(state.u_m.size() == n && rest.u_m.size() == n);
    Scratch away, effective;
    s.effectivePositions(state, effective);
    const LiftedCells now = s.liftedCells(effective);
    const LiftedCells lifted = s.liftedCells(rest.u_m.data());
    for (std::size_t i = 0; i < n; ++i) away[i] = state.u_m[i] - rest.u_m[i];

    // Sum of forces = s'u + dampingTime s'v. By Cauchy's inequality in the norms of K and M it is
    // at most sqrt(2 E (s' K^-1 s + dampingTime^2 s' M^-1 s)), and E can only fall.
    const double potential_J = 0.5 * s.stiffnessWith(lifted).quadratic(away);
    const double kinetic_J = 0.5 * s.mass.quadratic(state.v_m_s.data());
    std::vector<double> sumSlope(n);
    for (std::size_t j = 0; j < s.cells.size(); ++j) {
        if ((lifted >> j & 1) == 0) s.cells[j].shape.addTo(sumSlope.data(), s.cellStiffness_N_m);
    }
    const double perEnergy =
        s.restWith(lifted).sumCompliance_N2_J +
        s.dampingTime_s * s.dampingTime_s * s.massInverse().quadratic(sumSlope.data());
    double bound_N = std::sqrt(2.0 * (potential_J + kinetic_J) * perEnergy);

    // While a cell is still to come down or lift, energies in one pattern bound nothing.
    if (now != lifted) {
        for (const System::Cell& cell : s.cells) {
            bound_N += std::max(0.0, s.springForce_N(cell, rest.u_m.data()));
        }
    }
    return Force{bound_N};
}

Length DeckSolver::deflection(const DeckState& state, Length x, Length y) const {
    JH_CHECK(state.u_m.size() == system_->size());
    return Length{system_->shape.at(x.si(), y.si()).dot(state.u_m.data())};
}

}  // namespace jh

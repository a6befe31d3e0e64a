"""Analyses: what follows from many routes and from the shape of states, beyond one answer.

Reach, encirclement, zones, and the paper's argument put to the test.
"""

from __future__ import annotations

from geo.analysis.access import gravity_access, harris_access
from geo.analysis.alliances import NetworkMeasures, alliance_network, network_measures, ties_at
from geo.analysis.audit import ClaimAudit, Finding, audit
from geo.analysis.balance import NeighbourPower, Weight, balance, neighbour_power, weigh
from geo.analysis.compare import changed_routes, compared, comparison
from geo.analysis.concentration import aid_by_sector, hhi, hhi_bounds, import_concentration
from geo.analysis.decide import Decision, decide
from geo.analysis.decisions import BreakEven, Offer, break_even, log_sum_usd, logit_shares
from geo.analysis.encirclement import Encirclement, encircle
from geo.analysis.landed import Landed, Preference, landed_costs, preferences
from geo.analysis.levels import Ladders, Level
from geo.analysis.merits import merit_of, project_notes
from geo.analysis.pairs import Pairs, pair_costs
from geo.analysis.projects import Effects, find_projects, subset_costs
from geo.analysis.rankings import Verdict, published_rankings, verdict_of
from geo.analysis.reach import Reach, reach
from geo.analysis.robustness import Robustness, robustness
from geo.analysis.shapley import shapley_shares
from geo.analysis.state_sets import members_of, overlaps, set_rows, set_summaries
from geo.analysis.switches import with_switches
from geo.analysis.totals import TOTALS, Totals, totals
from geo.analysis.two_track import Cell, CellCosts, Pair, Step, compose, path_steps, two_track
from geo.analysis.zones import Zone, describe_zone, describe_zones, people_by_road, people_within

__all__ = [
    "TOTALS",
    "BreakEven",
    "Cell",
    "CellCosts",
    "ClaimAudit",
    "Decision",
    "Effects",
    "Encirclement",
    "Finding",
    "Ladders",
    "Landed",
    "Level",
    "NeighbourPower",
    "NetworkMeasures",
    "Offer",
    "Pair",
    "Pairs",
    "Preference",
    "Reach",
    "Robustness",
    "Step",
    "Totals",
    "Verdict",
    "Weight",
    "Zone",
    "aid_by_sector",
    "alliance_network",
    "audit",
    "balance",
    "break_even",
    "changed_routes",
    "compared",
    "comparison",
    "compose",
    "decide",
    "describe_zone",
    "describe_zones",
    "encircle",
    "find_projects",
    "gravity_access",
    "harris_access",
    "hhi",
    "hhi_bounds",
    "import_concentration",
    "landed_costs",
    "log_sum_usd",
    "logit_shares",
    "members_of",
    "merit_of",
    "neighbour_power",
    "network_measures",
    "overlaps",
    "pair_costs",
    "path_steps",
    "people_by_road",
    "people_within",
    "preferences",
    "project_notes",
    "published_rankings",
    "reach",
    "robustness",
    "set_rows",
    "set_summaries",
    "shapley_shares",
    "subset_costs",
    "ties_at",
    "totals",
    "two_track",
    "verdict_of",
    "weigh",
    "with_switches",
]

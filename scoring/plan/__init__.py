"""The care-load plan: from a release's hours to weeks, cohorts, supporters and ways out."""

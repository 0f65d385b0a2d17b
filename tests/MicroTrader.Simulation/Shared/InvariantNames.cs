namespace MicroTrader.Simulation.Shared;

/// <summary>The promises by name.</summary>
internal static class InvariantNames
{
    public const string IntentFirst = "every order of ours has its intent in the journal";
    public const string OneOrder = "at most one order per intent";
    public const string AsIntended = "an order is what its intent says";
    public const string NoUnknownOrder = "no order of ours is unknown to the journal";
    public const string OursAlone = "an order that the journal calls ours is ours";
    public const string Shares = "our shares by journal are those by the venue's ledger";
    public const string Cash = "cash and P&L are the venue's to the cent";
    public const string PersonsShares = "no share of the person is ever sold";
    public const string ExitOnly = "no entry while ExitOnly";
    public const string Fresh = "no entry on a stale tick";
    public const string Time = "no position is older than TIME and the venue's own delay";
    public const string GivenUp = "no order that the venue has is given up before it had the settle window to show";
    public const string OnePosition = "nothing new is bought while an order that was not found may still come";
    public const string Counted = "risk counts what each trade brought exactly once";
    public const string Replay = "state after replay equals state before";
    public const string Legal = "every fact is a legal move";
    public const string NoNeedlessBlock = "nothing is blocked without a reason that a person must judge";
    public const string NoFault = "no part throws";
}

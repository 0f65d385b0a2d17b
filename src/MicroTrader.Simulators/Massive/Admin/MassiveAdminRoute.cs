namespace MicroTrader.Simulators.Massive.Admin;

/// <summary>What a request line of the admin API means.</summary>
internal enum MassiveAdminAction
{
    PublishTrade,
    PublishQuote,
    AddFault,
    ClearFaults,
    ReadStatistics,
    SetMarket,
    BeginDay,
}

/// <summary>Finds the action of a request line.</summary>
internal static class MassiveAdminRoute
{
    public const string Prefix = "/admin";

    /// <summary>The action of a request; else the status to refuse it with (404 unknown path, 405 unknown method).</summary>
    public static (MassiveAdminAction? Action, int Status) Match(string method, string? path) => (method, path) switch
    {
        ("POST", Prefix + "/trades") => (MassiveAdminAction.PublishTrade, 0),
        ("POST", Prefix + "/quotes") => (MassiveAdminAction.PublishQuote, 0),
        ("POST", Prefix + "/faults") => (MassiveAdminAction.AddFault, 0),
        ("DELETE", Prefix + "/faults") => (MassiveAdminAction.ClearFaults, 0),
        ("GET", Prefix + "/statistics") => (MassiveAdminAction.ReadStatistics, 0),
        ("PUT", Prefix + "/market") => (MassiveAdminAction.SetMarket, 0),
        ("POST", Prefix + "/new-day") => (MassiveAdminAction.BeginDay, 0),
        (_, Prefix + "/trades" or Prefix + "/quotes" or Prefix + "/faults" or Prefix + "/statistics" or Prefix + "/market" or Prefix + "/new-day") => (null, 405),
        _ => (null, 404),
    };
}

namespace MicroTrader.Simulators.Paper.Admin;

/// <summary>What a request line of the admin API means.</summary>
internal enum AdminAction
{
    PutPrice,
    AddFault,
    ClearFaults,
    ReadLedger,
    ReadStatistics,
    PlaceOrder,
    Reset,
}

/// <summary>An action with what its path names.</summary>
internal readonly record struct AdminRoute(AdminAction Action, string? Ticker)
{
    public const string Prefix = "/admin";

    public bool ChangesState => Action is not (AdminAction.ReadLedger or AdminAction.ReadStatistics);

    /// <summary>The action of a request; else the status to refuse it with (404 unknown path, 405 unknown method).</summary>
    public static (AdminRoute? Route, int Status) Match(string method, string? path)
    {
        const string prices = Prefix + "/prices/";
        if (path is not null && path.StartsWith(prices, StringComparison.Ordinal) && path.Length > prices.Length)
        {
            return method == "PUT" ? (new AdminRoute(AdminAction.PutPrice, path[prices.Length..]), 0) : (null, 405);
        }

        return (method, path) switch
        {
            ("POST", Prefix + "/faults") => (new AdminRoute(AdminAction.AddFault, null), 0),
            ("DELETE", Prefix + "/faults") => (new AdminRoute(AdminAction.ClearFaults, null), 0),
            ("GET", Prefix + "/ledger") => (new AdminRoute(AdminAction.ReadLedger, null), 0),
            ("GET", Prefix + "/statistics") => (new AdminRoute(AdminAction.ReadStatistics, null), 0),
            ("POST", Prefix + "/person-orders") => (new AdminRoute(AdminAction.PlaceOrder, null), 0),
            ("POST", Prefix + "/reset") => (new AdminRoute(AdminAction.Reset, null), 0),
            (_, Prefix + "/faults" or Prefix + "/ledger" or Prefix + "/statistics" or Prefix + "/person-orders" or Prefix + "/reset") => (null, 405),
            _ => (null, 404),
        };
    }
}

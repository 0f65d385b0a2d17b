using MicroTrader.Host.Configuration;

namespace MicroTrader.Host.Running;

/// <summary>The few lines at the start that say what is running.</summary>
internal static class Banner
{
    /// <summary>Writes them.</summary>
    public static void Write(TextWriter output, RunSetup setup, string address, string logFolder)
    {
        var plan = setup.Plan;
        output.WriteLine($"MicroTrader {typeof(Banner).Assembly.GetName().Version!.ToString(3)}   {Money(plan.Mode)}");
        output.WriteLine($"  feed      {setup.FeedDescription}");
        output.WriteLine($"  venue     {setup.Venue.Description}, account {setup.Account.AccountId} ({setup.Account.Currency})");
        output.WriteLine($"  symbols   {string.Join(", ", setup.Account.Symbols.Select(s => s.Symbol))}");
        output.WriteLine($"  journal   {setup.JournalPath}");
        output.WriteLine($"  log       {Path.Combine(logFolder, "microtrader.log")}");
        output.WriteLine($"  page      {address}");
        foreach (var notice in plan.Notices.Append(setup.Account.Notice).Append(plan.CostNotice(setup.Account.Currency)).OfType<string>())
            output.WriteLine($"  note      {notice}");
        output.WriteLine("Ctrl+C stops it.");
        output.WriteLine();
    }

    /// <summary>Whose money it is, in words.</summary>
    public static string Money(RunMode mode) => mode switch
    {
        RunMode.Sim => "SIM: paper broker, no money",
        RunMode.Replay => "REPLAY: recorded prices, paper broker, no money",
        RunMode.Practice => "PRACTICE: Trading 212, practice money",
        RunMode.Live => "LIVE: Trading 212, REAL MONEY",
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, null),
    };
}

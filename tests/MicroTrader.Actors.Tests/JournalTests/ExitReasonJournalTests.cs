using System.Text;
using MicroTrader.Actors.Journal;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;

namespace MicroTrader.Actors.Tests.JournalTests;

/// <summary>A reason to leave is journalled by its name: journals that hold it stay readable whatever reasons are added.</summary>
public sealed class ExitReasonJournalTests
{
    public static TheoryData<ExitReason> Reasons => [.. Enum.GetValues<ExitReason>()];

    [Theory]
    [MemberData(nameof(Reasons))]
    public void A_reason_is_written_by_its_name_and_read_again(ExitReason reason)
    {
        var fact = new ExitRequested(reason, 157.5m, new DateTimeOffset(2026, 6, 15, 14, 0, 0, TimeSpan.Zero));
        var written = MicroTraderSerializer.Write(fact);

        Assert.Contains($"\"{char.ToLowerInvariant(reason.ToString()[0])}{reason.ToString()[1..]}\"", Encoding.UTF8.GetString(written), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(fact, MicroTraderSerializer.Read(written, JournalManifests.For(typeof(ExitRequested)).Manifest));
        Assert.NotEmpty(reason.Code());
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;
using MicroTrader.Domain.Calendar;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Host.Configuration;
using MicroTrader.Trading212;
using Instrument = MicroTrader.Domain.Market.Instrument;

namespace MicroTrader.Host.Running;

/// <summary>An instrument of the broker's list, as it is kept: in the list of the day, and with the account for what was traded.</summary>
internal sealed record ListedInstrument(
    string Ticker, string ShortName, string Currency, string Type, string Name, decimal? MaxOpenQuantity, bool? ExtendedHours, long? ScheduleId)
{
    /// <summary>It, as the domain knows it.</summary>
    public Instrument Instrument() => new(new Ticker(Ticker), ShortName, Currency, Type, Name);

    /// <summary>What the broker takes of it.</summary>
    public InstrumentLimits Limits() => new(MaxOpenQuantity: MaxOpenQuantity, ExtendedHours: ExtendedHours ?? false);
}

/// <summary>A working schedule of an exchange, as it is kept.</summary>
internal sealed record ListedSchedule(long Id, IReadOnlyList<ListedScheduleEvent> Events);

/// <summary>An event of a schedule, as it is kept.</summary>
internal sealed record ListedScheduleEvent(DateTimeOffset At, ScheduleEventKind Kind);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(InstrumentCatalog))]
internal sealed partial class InstrumentCatalogJson : JsonSerializerContext;

/// <summary>
/// What the broker lists: instruments, and the hours of their exchanges. It is downloaded once a day (the broker allows it once in 50 s, and it is
/// megabytes) and kept on disk.
/// </summary>
/// <param name="DownloadedAt">When.</param>
/// <param name="Listed">The instruments.</param>
/// <param name="Schedules">The schedules; empty where they were not asked for, or the broker has none.</param>
internal sealed record InstrumentCatalog(DateTimeOffset DownloadedAt, IReadOnlyList<ListedInstrument> Listed, IReadOnlyList<ListedSchedule> Schedules)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromDays(1);

    /// <summary>The instruments, as the domain resolves them.</summary>
    [JsonIgnore]
    public IReadOnlyList<Instrument> Instruments { get; } = [.. Listed.Select(i => i.Instrument())];

    /// <summary>Whether it was downloaded within the last day.</summary>
    public bool IsFresh(DateTimeOffset now) => now - DownloadedAt is { } age && age >= TimeSpan.Zero && age < Fresh;

    /// <summary>The hours of an instrument's exchange; null where the broker has none. Beyond what its schedule covers, the NYSE's rules.</summary>
    public ITradingCalendar? HoursOf(ListedInstrument instrument) =>
        Schedules.FirstOrDefault(s => s.Id == instrument.ScheduleId) is { } schedule
            ? new FallbackCalendar(new ScheduleCalendar(schedule.Events.Select(e => new ScheduleEvent(e.At, e.Kind))), new NyseCalendar())
            : null;

    /// <summary>Reads a kept catalog; null where there is none that can be read.</summary>
    public static InstrumentCatalog? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), InstrumentCatalogJson.Default.InstrumentCatalog) is { Listed: not null, Schedules: not null } catalog ? catalog : null;
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            // It is only a copy: it is downloaded anew.
            return null;
        }
    }

    /// <summary>Keeps the catalog, through a second file, so that a reader never sees half of it.</summary>
    public void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var draft = path + ".new";
        File.WriteAllBytes(draft, JsonSerializer.SerializeToUtf8Bytes(this, InstrumentCatalogJson.Default.InstrumentCatalog));
        File.Move(draft, path, overwrite: true);
    }

    /// <summary>Downloads the catalog.</summary>
    /// <param name="client">The broker.</param>
    /// <param name="plan">The plan: schedules are asked for only where hours matter.</param>
    /// <param name="now">The clock on the wall.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The catalog, or the answer that was none.</returns>
    public static async Task<(InstrumentCatalog? Catalog, ReadResult<IReadOnlyList<TradableInstrument>> Answer)> DownloadAsync(
        Trading212Client client, RunPlan plan, DateTimeOffset now, CancellationToken cancellation)
    {
        var answer = await client.GetInstrumentsAsync(cancellation);
        if (answer is not ReadResult<IReadOnlyList<TradableInstrument>>.Success { Value: var listed })
            return (null, answer);
        // Users report schedules missing for US venues: without them the NYSE's rules serve.
        var exchanges = plan.Session is not null && await client.GetExchangesAsync(cancellation) is ReadResult<IReadOnlyList<Exchange>>.Success { Value: var found } ? found : [];
        return (new InstrumentCatalog(now, [.. listed.Select(Map).OfType<ListedInstrument>()], [.. exchanges.SelectMany(e => e.WorkingSchedules ?? []).Select(Map).OfType<ListedSchedule>()]), answer);
    }

    private static ListedInstrument? Map(TradableInstrument i) =>
        i is { Ticker: { Length: > 0 } ticker, ShortName: { Length: > 0 } name, CurrencyCode: { Length: > 0 } currency }
            ? new ListedInstrument(ticker, name, currency, i.Type?.ToString().ToUpperInvariant() ?? "", i.Name ?? "", i.MaxOpenQuantity, i.ExtendedHours, i.WorkingScheduleId)
            : null;

    private static ListedSchedule? Map(WorkingSchedule schedule) => schedule.Id is { } id
        ? new ListedSchedule(id, [.. (schedule.TimeEvents ?? [])
            .Where(e => e.Date is not null && e.Type is not null)
            .Select(e => new ListedScheduleEvent(e.Date!.Value, Enum.TryParse<ScheduleEventKind>(e.Type!.Value.ToString(), out var kind) ? kind : ScheduleEventKind.Unknown))])
        : null;
}

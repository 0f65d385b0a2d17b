using System.IO.Compression;
using System.Text.Json;

namespace MicroTrader.Simulators.Paper;

/// <summary>Reads an instrument list in the format of GET metadata/instruments. Every complaint is one line with file and place.</summary>
internal static class PaperInstrumentFile
{
    // The real list is 4 MB; a file that unpacks to more than this is not one.
    private const int MaxBytes = 64 * 1024 * 1024;

    public static IReadOnlyList<PaperInstrument> Read(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        try
        {
            using var document = JsonDocument.Parse(Bytes(path));
            return Instruments(path, document.RootElement);
        }
        catch (JsonException exception)
        {
            throw Malformed(path, $"line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}: not JSON ({Reason(exception.Message)})", exception);
        }
        catch (InvalidDataException exception)
        {
            throw Malformed(path, $"cannot be decompressed ({exception.Message.TrimEnd('.')})", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Malformed(path, $"cannot be read ({exception.Message.TrimEnd('.')})", exception);
        }
    }

    private static ReadOnlyMemory<byte> Bytes(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> magic = stackalloc byte[2];
        var isGzip = file.ReadAtLeast(magic, 2, throwOnEndOfStream: false) == 2 && magic is [0x1f, 0x8b];
        file.Position = 0;
        using Stream source = isGzip ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var all = new MemoryStream();
        var chunk = new byte[81920];
        int read;
        while ((read = source.Read(chunk)) > 0)
        {
            if (all.Length + read > MaxBytes)
            {
                throw Malformed(path, $"holds more than {MaxBytes / 1024 / 1024} MB; an instrument list has about 4 MB");
            }

            all.Write(chunk, 0, read);
        }

        return all.GetBuffer().AsMemory(0, (int)all.Length);
    }

    private static List<PaperInstrument> Instruments(string path, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Array)
        {
            throw Malformed(path, $"holds {root.ValueKind}; allowed is an array of instruments, as GET /api/v0/equity/metadata/instruments answers");
        }

        var list = new List<PaperInstrument>(root.GetArrayLength());
        var tickers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var element in root.EnumerateArray())
        {
            var item = new Item(path, list.Count + 1, element);
            var instrument = item.Instrument();
            if (!tickers.TryAdd(instrument.Ticker, item.Number))
            {
                throw Malformed(path, $"item {item.Number}: ticker {instrument.Ticker} is item {tickers[instrument.Ticker]}'s too; tickers are unique");
            }

            list.Add(instrument);
        }

        return list.Count > 0 ? list : throw Malformed(path, "holds no instrument; give at least one");
    }

    private static PaperBrokerException Malformed(string path, string what, Exception? cause = null) => cause is null
        ? new PaperBrokerException($"Instrument file {path}: {what}.")
        : new PaperBrokerException($"Instrument file {path}: {what}.", cause);

    private static string Reason(string message)
    {
        // The reader's message goes on with its own place, which the line has already.
        var end = message.IndexOf(" LineNumber", StringComparison.Ordinal);
        return (end > 0 ? message[..end] : message).TrimEnd('.').ReplaceLineEndings(" ");
    }

    /// <summary>One element of the array, with where it stands.</summary>
    private readonly record struct Item(string Path, int Number, JsonElement Element)
    {
        public PaperInstrument Instrument()
        {
            if (Element.ValueKind != JsonValueKind.Object)
            {
                throw Wrong($"is {Element.ValueKind}; allowed is an object");
            }

            var ticker = Text("ticker") ?? throw Wrong("ticker is missing");
            var shortName = Text("shortName") ?? throw Wrong("shortName is missing");
            var currency = Text("currencyCode") ?? throw Wrong("currencyCode is missing");
            if (currency.Length != 3)
            {
                throw Wrong($"currencyCode is '{currency}'; allowed are three letters (ISO 4217, or GBX)");
            }

            var instrument = new PaperInstrument
            {
                Ticker = ticker,
                ShortName = shortName,
                CurrencyCode = currency,
                Name = Text("name") ?? shortName,
                Type = Text("type") ?? throw Wrong("type is missing"),
                Isin = Text("isin"),
                ExtendedHours = Flag("extendedHours"),
            };
            return instrument with
            {
                MaxOpenQuantity = MaxOpenQuantity() ?? instrument.MaxOpenQuantity,
                WorkingScheduleId = WorkingScheduleId() ?? instrument.WorkingScheduleId,
                AddedOn = AddedOn() ?? instrument.AddedOn,
            };
        }

        private string? Text(string name) => Member(name) is not { } value
            ? null
            : value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : throw Wrong($"{name} is {value.ValueKind} or empty; allowed is a text");

        private bool Flag(string name) => Member(name) is { } value
            && (value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong($"{name} is {value.ValueKind}; allowed are true and false"));

        private decimal? MaxOpenQuantity() => Member("maxOpenQuantity") is not { } value
            ? null
            : value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && number is >= 0 and <= 1_000_000_000_000m
                ? number
                : throw Wrong("maxOpenQuantity is not a number of 0 to 1000000000000");

        private long? WorkingScheduleId() => Member("workingScheduleId") is not { } value
            ? null
            : value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : throw Wrong("workingScheduleId is not an integer");

        private DateTimeOffset? AddedOn() => Member("addedOn") is not { } value
            ? null
            : value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out var time) ? time : throw Wrong("addedOn is not an ISO 8601 time");

        private JsonElement? Member(string name) => Element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

        private PaperBrokerException Wrong(string what)
        {
            var ticker = Element.ValueKind == JsonValueKind.Object && Element.TryGetProperty("ticker", out var value) && value.ValueKind == JsonValueKind.String
                ? $" ({value.GetString()!.ReplaceLineEndings(" ")})"
                : string.Empty;
            return Malformed(Path, $"item {Number}{ticker}: {what}");
        }
    }
}

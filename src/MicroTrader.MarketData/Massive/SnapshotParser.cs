using System.Text;
using System.Text.Json;

namespace MicroTrader.MarketData;

/// <summary>Reads the answer to a poll in one pass, into rows that the caller keeps: it makes no object a symbol. Fields that are not known are skipped.</summary>
internal static class SnapshotParser
{
    /// <summary>Reads an answer.</summary>
    /// <param name="body">The body.</param>
    /// <param name="symbols">The symbols that were asked for.</param>
    /// <param name="rows">One a symbol; filled anew.</param>
    /// <param name="status">What the answer says of itself; empty where it does not.</param>
    /// <param name="problem">What is wrong, where it is not the JSON that it should be.</param>
    /// <returns>False where it is not: the rows are then of no use.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, MassiveSymbols symbols, Span<SnapshotRow> rows, out string status, out string problem)
    {
        rows.Clear();
        status = "";
        problem = "";
        try
        {
            var reader = new Utf8JsonReader(body);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                problem = "the answer is no JSON object";
                return false;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("status"u8))
                {
                    reader.Read();
                    if (reader.TokenType == JsonTokenType.String)
                        status = Status(ref reader);
                    else
                        reader.Skip();
                }
                else if (reader.ValueTextEquals("tickers"u8))
                {
                    reader.Read();
                    if (reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.Null))
                    {
                        problem = $"'tickers' is no array but {reader.TokenType}";
                        return false;
                    }

                    if (reader.TokenType == JsonTokenType.StartArray)
                        Tickers(ref reader, symbols, rows);
                }
                else
                {
                    reader.Read();
                    reader.Skip();
                }
            }

            // Anything behind the end throws here.
            reader.Read();
            return true;
        }
        catch (JsonException e)
        {
            problem = $"the answer is no JSON: {e.Message}";
            return false;
        }
    }

    // The two usual words cost no string.
    private static string Status(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("OK"u8) ? "OK" : reader.ValueTextEquals("DELAYED"u8) ? "DELAYED" : reader.GetString()!;

    private static void Tickers(ref Utf8JsonReader reader, MassiveSymbols symbols, Span<SnapshotRow> rows)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                continue;
            }

            SnapshotRow row = default;
            var place = -1;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("ticker"u8))
                {
                    reader.Read();
                    place = Place(ref reader, symbols);
                }
                else if (reader.ValueTextEquals("lastTrade"u8))
                {
                    reader.Read();
                    Fields(ref reader, Part.Trade, ref row);
                }
                else if (reader.ValueTextEquals("lastQuote"u8))
                {
                    reader.Read();
                    Fields(ref reader, Part.Quote, ref row);
                }
                else if (reader.ValueTextEquals("min"u8))
                {
                    reader.Read();
                    Fields(ref reader, Part.Minute, ref row);
                }
                else if (reader.ValueTextEquals("day"u8))
                {
                    reader.Read();
                    Fields(ref reader, Part.Day, ref row);
                }
                else
                {
                    reader.Read();
                    reader.Skip();
                }
            }

            if (place < 0)
                continue;
            row.IsPresent = true;
            rows[place] = row;
        }
    }

    private static int Place(ref Utf8JsonReader reader, MassiveSymbols symbols)
    {
        if (reader.TokenType == JsonTokenType.String)
            return reader.ValueIsEscaped ? symbols.Find(Encoding.UTF8.GetBytes(reader.GetString()!)) : symbols.Find(reader.ValueSpan);
        reader.Skip();
        return -1;
    }

    private static void Fields(ref Utf8JsonReader reader, Part part, ref SnapshotRow row)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            row.IsWrong |= reader.TokenType != JsonTokenType.Null;
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // All fields of these objects that are read have names of one letter.
            var letter = reader.ValueSpan.Length == 1 ? reader.ValueSpan[0] : (byte)0;
            reader.Read();
            switch (part, letter)
            {
                case (Part.Trade, (byte)'p'):
                    Number(ref reader, ref row.TradePrice, ref row);
                    break;
                case (Part.Trade, (byte)'t'):
                    Stamp(ref reader, ref row.TradeStamp, ref row);
                    break;
                case (Part.Trade, (byte)'c') when reader.TokenType == JsonTokenType.StartArray:
                    while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    {
                        if (MassiveValues.TryLong(ref reader, out var condition))
                            row.TradeConditions |= MassiveConditions.Judge(condition);
                        else
                            reader.Skip();
                    }

                    break;
                case (Part.Quote, (byte)'p'):
                    Number(ref reader, ref row.Bid, ref row);
                    break;
                case (Part.Quote, (byte)'P'):
                    Number(ref reader, ref row.Ask, ref row);
                    break;
                case (Part.Quote, (byte)'t'):
                    Stamp(ref reader, ref row.QuoteStamp, ref row);
                    break;
                case (Part.Minute, (byte)'c'):
                    Number(ref reader, ref row.BarClose, ref row);
                    break;
                case (Part.Minute, (byte)'t'):
                    Stamp(ref reader, ref row.BarStart, ref row);
                    break;
                case (Part.Day, (byte)'v'):
                    var volume = 0m;
                    if (Number(ref reader, ref volume, ref row))
                        row.DayVolume = volume;
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }

    private static bool Number(ref Utf8JsonReader reader, ref decimal value, ref SnapshotRow row)
    {
        if (MassiveValues.TryDecimal(ref reader, out value))
            return true;
        row.IsWrong |= reader.TokenType != JsonTokenType.Null;
        reader.Skip();
        return false;
    }

    private static void Stamp(ref Utf8JsonReader reader, ref long value, ref SnapshotRow row)
    {
        if (MassiveValues.TryLong(ref reader, out value))
            return;
        row.IsWrong |= reader.TokenType != JsonTokenType.Null;
        reader.Skip();
    }

    private enum Part
    {
        Trade,
        Quote,
        Minute,
        Day,
    }
}

using System.Text;
using System.Text.Json;

namespace MicroTrader.MarketData;

/// <summary>
/// Reads a message of the stream in one pass: an array of events, of which each is handed on as soon as its end is read. It makes no object for a trade, a
/// quote or an aggregate. Fields that are not known are skipped.
/// </summary>
internal sealed class StreamParser(MassiveSymbols symbols, IStreamSink sink)
{
    private const int LongestText = 1000;

    // FNV-1a, 64 bits.
    private const ulong HashStart = 14695981039346656037;
    private const ulong HashPrime = 1099511628211;

    /// <summary>Reads one message.</summary>
    /// <returns>False where it is not the JSON that it should be; the events before the fault were handed on.</returns>
    public bool TryRead(ReadOnlySpan<byte> message)
    {
        try
        {
            var reader = new Utf8JsonReader(message);
            if (!reader.Read())
                return false;
            switch (reader.TokenType)
            {
                case JsonTokenType.StartArray:
                    while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    {
                        if (reader.TokenType == JsonTokenType.StartObject)
                        {
                            Event(ref reader);
                        }
                        else
                        {
                            reader.Skip();
                            sink.OnMalformed();
                        }
                    }

                    break;
                case JsonTokenType.StartObject:
                    Event(ref reader);
                    break;
                default:
                    return false;
            }

            // Anything behind the end throws here.
            return !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private void Event(ref Utf8JsonReader reader)
    {
        StreamEvent e = default;
        e.Place = -1;
        string? status = null;
        string? text = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueSpan;
            switch (name.Length)
            {
                case 1:
                    var letter = name[0];
                    reader.Read();
                    Letter(ref reader, letter, ref e);
                    break;
                case 2 when name.SequenceEqual("ev"u8):
                    reader.Read();
                    e.Kind = KindOf(ref reader);
                    break;
                case 2 when name.SequenceEqual("bp"u8):
                    reader.Read();
                    Number(ref reader, ref e.Bid, StreamFields.Bid, ref e.Fields);
                    break;
                case 2 when name.SequenceEqual("ap"u8):
                    reader.Read();
                    Number(ref reader, ref e.Ask, StreamFields.Ask, ref e.Fields);
                    break;
                case 3 when name.SequenceEqual("sym"u8):
                    reader.Read();
                    Name(ref reader, ref e);
                    break;
                case 6 when name.SequenceEqual("status"u8):
                    reader.Read();
                    status = Text(ref reader);
                    break;
                case 7 when name.SequenceEqual("message"u8):
                    reader.Read();
                    text = Text(ref reader);
                    break;
                default:
                    reader.Read();
                    reader.Skip();
                    break;
            }
        }

        if (e.Kind == StreamEventKind.Status)
            sink.OnStatus(status ?? "", text ?? "");
        else if (e.Kind != StreamEventKind.Other)
            sink.OnEvent(e);
    }

    private static void Letter(ref Utf8JsonReader reader, byte letter, ref StreamEvent e)
    {
        switch (letter)
        {
            case (byte)'p':
                Number(ref reader, ref e.Price, StreamFields.Price, ref e.Fields);
                break;
            case (byte)'s':
                // A trade's size, a bar's start: only the first is used, and it may be a part of a share.
                Number(ref reader, ref e.SizeOrStart, StreamFields.SizeOrStart, ref e.Fields);
                break;
            case (byte)'v':
                Number(ref reader, ref e.Volume, StreamFields.Volume, ref e.Fields);
                break;
            case (byte)'t':
                Whole(ref reader, ref e.Stamp, StreamFields.Stamp, ref e.Fields);
                break;
            case (byte)'q':
                Whole(ref reader, ref e.Sequence, StreamFields.Sequence, ref e.Fields);
                break;
            case (byte)'e':
                Whole(ref reader, ref e.End, StreamFields.End, ref e.Fields);
                break;
            case (byte)'x':
                Whole(ref reader, ref e.Exchange, StreamFields.None, ref e.Fields);
                break;
            case (byte)'c':
                // A trade's conditions, a bar's close, a quote's condition.
                if (reader.TokenType == JsonTokenType.StartArray)
                    Conditions(ref reader, ref e);
                else
                    Number(ref reader, ref e.Close, StreamFields.Close, ref e.Fields);
                break;
            case (byte)'i':
                Id(ref reader, ref e);
                break;
            default:
                reader.Skip();
                break;
        }
    }

    private static StreamEventKind KindOf(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return StreamEventKind.Other;
        }

        var kind = reader.ValueSpan;
        return kind.Length switch
        {
            1 => kind[0] switch
            {
                (byte)'T' => StreamEventKind.Trade,
                (byte)'Q' => StreamEventKind.Quote,
                (byte)'A' => StreamEventKind.SecondBar,
                _ => StreamEventKind.Other,
            },
            2 when kind.SequenceEqual("AM"u8) => StreamEventKind.MinuteBar,
            6 when kind.SequenceEqual("status"u8) => StreamEventKind.Status,
            _ => StreamEventKind.Other,
        };
    }

    private void Name(ref Utf8JsonReader reader, ref StreamEvent e)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            Wrong(ref reader, ref e.Fields);
            return;
        }

        e.Fields |= StreamFields.Symbol;
        e.Place = reader.ValueIsEscaped ? symbols.Find(Encoding.UTF8.GetBytes(reader.GetString()!)) : symbols.Find(reader.ValueSpan);
    }

    private static void Conditions(ref Utf8JsonReader reader, ref StreamEvent e)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (MassiveValues.TryLong(ref reader, out var condition))
                e.Conditions |= MassiveConditions.Judge(condition);
            else
                Wrong(ref reader, ref e.Fields);
        }
    }

    // Trade ids are only compared, so a hash stands for them.
    private static void Id(ref Utf8JsonReader reader, ref StreamEvent e)
    {
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Number))
        {
            // A quote's indicators.
            reader.Skip();
            return;
        }

        var hash = HashStart;
        foreach (var b in reader.ValueSpan)
            hash = (hash ^ b) * HashPrime;
        e.Id = hash;
        if (reader.ValueSpan.Length > 0)
            e.Fields |= StreamFields.Id;
    }

    private static void Number(ref Utf8JsonReader reader, ref decimal value, StreamFields field, ref StreamFields fields)
    {
        if (MassiveValues.TryDecimal(ref reader, out value))
            fields |= field;
        else
            Wrong(ref reader, ref fields);
    }

    private static void Whole(ref Utf8JsonReader reader, ref long value, StreamFields field, ref StreamFields fields)
    {
        if (MassiveValues.TryLong(ref reader, out value))
            fields |= field;
        else
            Wrong(ref reader, ref fields);
    }

    private static void Wrong(ref Utf8JsonReader reader, ref StreamFields fields)
    {
        // Null is a field that is not there.
        if (reader.TokenType == JsonTokenType.Null)
            return;
        fields |= StreamFields.Wrong;
        reader.Skip();
    }

    private static string? Text(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length <= LongestText)
            return reader.GetString();
        reader.Skip();
        return null;
    }
}

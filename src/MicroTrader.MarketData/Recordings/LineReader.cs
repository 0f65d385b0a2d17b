using System.Buffers;
using System.Runtime.CompilerServices;

namespace MicroTrader.MarketData;

/// <summary>
/// Cuts a stream into lines of UTF-8 bytes through one pooled buffer: no string and no allocation a line. Ends of line are LF or CR LF;
/// the last line needs none; a byte order mark at the start is dropped.
/// </summary>
internal sealed class LineReader : IDisposable
{
    /// <summary>The longest line that is read, in bytes. A longer one is no row of prices: it is cut off and marked.</summary>
    public const int MaxLineBytes = 64 * 1024;

    private readonly string _path;
    private readonly Stream _stream;
    private readonly uint? _expectedLength;
    private byte[]? _buffer = ArrayPool<byte>.Shared.Rent(2 * MaxLineBytes);
    private int _start;
    private int _end;
    private long _bytesRead;
    private bool _atEnd;

    /// <param name="path">Named in errors.</param>
    /// <param name="stream">Read from its position; disposed with the reader.</param>
    /// <param name="expectedLength">The low 32 bits of how many bytes the container says it holds: .NET ends a stream that was cut off without a word.</param>
    public LineReader(string path, Stream stream, uint? expectedLength = null)
    {
        _path = path;
        _stream = stream;
        _expectedLength = expectedLength;
    }

    /// <summary>The number of the line read last, from 1.</summary>
    public long LineNumber { get; private set; }

    /// <summary>Bytes that were read so far, unpacked.</summary>
    public long BytesRead => _bytesRead;

    /// <summary>Whether the line read last was longer than <see cref="MaxLineBytes"/>; its start alone was given.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Whether a stream that was cut off is read up to its last whole line, instead of being refused.</summary>
    public bool AllowsCutOff { get; set; }

    /// <summary>Whether the stream turned out to be cut off.</summary>
    public bool WasCutOff { get; private set; }

    /// <summary>Reads the next line, without its end.</summary>
    /// <exception cref="RecordingException">The stream could not be read or was cut off.</exception>
    /// <exception cref="ObjectDisposedException">The reader was disposed.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        ObjectDisposedException.ThrowIf(_buffer is null, this);
        IsTooLong = false;
        var searched = 0;
        while (true)
        {
            var length = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (length >= 0)
            {
                line = Give(searched + length, 1);
                return true;
            }

            searched = _end - _start;
            if (searched > MaxLineBytes)
                return SkipRest(out line);
            if (!Fill())
                break;
        }

        // What stands behind the last end of line of a cut-off stream is a part of a row, and a part of a number reads like a number.
        if (searched == 0 || WasCutOff)
        {
            line = default;
            return false;
        }

        line = Give(searched, 0);
        return true;
    }

    public void Dispose()
    {
        if (_buffer is null)
            return;
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = null;
        _stream.Dispose();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ReadOnlySpan<byte> Give(int length, int endLength)
    {
        var line = _buffer.AsSpan(_start, length);
        _start += length + endLength;
        LineNumber++;
        IsTooLong = length > MaxLineBytes;
        return line is [.., (byte)'\r'] ? line[..^1] : line;
    }

    // The line's start is kept at the front of the buffer while the rest of it streams by.
    private bool SkipRest(out ReadOnlySpan<byte> line)
    {
        const int Kept = 64;
        var start = _buffer.AsSpan(_start, Kept).ToArray();
        do
        {
            var end = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (end >= 0)
            {
                _start += end + 1;
                break;
            }

            _start = _end;
        }
        while (Fill());
        LineNumber++;
        IsTooLong = true;
        line = start;
        return true;
    }

    private bool Fill()
    {
        if (_atEnd)
            return false;
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        int read;
        try
        {
            read = _stream.Read(_buffer!, _end, _buffer!.Length - _end);
        }
        catch (InvalidDataException) when (AllowsCutOff)
        {
            _atEnd = true;
            WasCutOff = true;
            return false;
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new RecordingException($"{_path}: could not be read after line {LineNumber}: {e.Message}; a whole, undamaged file is needed", e);
        }

        if (_bytesRead == 0 && _buffer.AsSpan(0, read).StartsWith("\uFEFF"u8))
            _start = 3;
        _bytesRead += read;
        _end += read;
        if (read > 0)
            return true;
        _atEnd = true;
        if (_expectedLength is { } expected && (uint)_bytesRead != expected)
        {
            WasCutOff = AllowsCutOff;
            if (WasCutOff)
                return false;
            throw new RecordingException($"{_path}: ends after {_bytesRead} bytes (line {LineNumber}), not the {expected} that it names itself: it was cut off, or several were joined; one whole, undamaged file is needed");
        }

        return false;
    }
}

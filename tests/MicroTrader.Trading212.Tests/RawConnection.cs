using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace MicroTrader.Trading212.Tests;

/// <summary>One connection of a <see cref="RawServer"/>.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket _socket;
    private readonly ConcurrentQueue<RawRequest> _log;
    private readonly List<byte> _received = [];
    private readonly byte[] _chunk = new byte[4096];

    public RawConnection(Socket socket, ConcurrentQueue<RawRequest> log, CancellationToken stopped)
    {
        _socket = socket;
        _log = log;
        Stopped = stopped;
    }

    public CancellationToken Stopped { get; }

    public bool IsClosed { get; private set; }

    /// <summary>Reads whatever comes next; 0 at the end.</summary>
    public async Task<int> ReadSomeAsync() => await _socket.ReceiveAsync(_chunk.AsMemory(), Stopped);

    /// <summary>Reads a whole request, head and body, and records it; null when the client closes.</summary>
    public async Task<RawRequest?> ReadRequestAsync()
    {
        int headEnd;
        while ((headEnd = IndexOfHeadEnd()) < 0)
        {
            if (!await FillAsync())
                return null;
        }

        string[] lines = Encoding.Latin1.GetString([.. _received[..headEnd]]).Split("\r\n");
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        foreach (string line in lines.Skip(1))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        int length = headers.TryGetValue("Content-Length", out string? text) ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
        int end = headEnd + 4 + length;
        while (_received.Count < end)
        {
            if (!await FillAsync())
                return null;
        }

        string[] start = lines[0].Split(' ');
        RawRequest request = new(start[0], start[1], headers, Encoding.UTF8.GetString([.. _received[(headEnd + 4)..end]]));
        _received.RemoveRange(0, end);
        _log.Enqueue(request);
        return request;
    }

    public Task AnswerAsync(int status, string body, params string[] headers) => AnswerAsync(status, Encoding.UTF8.GetBytes(body), headers);

    public async Task AnswerAsync(int status, byte[] body, params string[] headers)
    {
        StringBuilder head = new($"HTTP/1.1 {status} Status\r\nContent-Length: {body.Length}\r\n");
        foreach (string header in headers)
            head.Append(header).Append("\r\n");
        head.Append("\r\n");
        await SendAsync([.. Encoding.Latin1.GetBytes(head.ToString()), .. body]);
    }

    public async Task SendAsync(byte[] bytes)
    {
        for (int sent = 0; sent < bytes.Length;)
            sent += await _socket.SendAsync(bytes.AsMemory(sent), Stopped);
    }

    /// <summary>Closes in the ordinary way (FIN).</summary>
    public void Close()
    {
        IsClosed = true;
        _socket.Dispose();
    }

    /// <summary>Cuts the connection off (RST).</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        Close();
    }

    /// <summary>Says nothing until the test or the client ends the connection.</summary>
    public async Task HoldAsync()
    {
        while (await ReadSomeAsync() > 0)
        {
        }

        Close();
    }

    public void Dispose() => _socket.Dispose();

    private int IndexOfHeadEnd()
    {
        for (int i = 0; i + 3 < _received.Count; i++)
        {
            if (_received[i] == '\r' && _received[i + 1] == '\n' && _received[i + 2] == '\r' && _received[i + 3] == '\n')
                return i;
        }

        return -1;
    }

    private async Task<bool> FillAsync()
    {
        int read = await ReadSomeAsync();
        _received.AddRange(_chunk.AsSpan(0, read));
        return read > 0;
    }
}

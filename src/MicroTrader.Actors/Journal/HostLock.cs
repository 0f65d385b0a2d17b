using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MicroTrader.Actors.Journal;

/// <summary>Who holds a journal.</summary>
/// <param name="Machine">The machine's name.</param>
/// <param name="ProcessId">The process.</param>
/// <param name="Since">Since when.</param>
/// <param name="ControlAddress">Where its page and control API are; null where it has none.</param>
public sealed record HostHolder(string Machine, int ProcessId, DateTimeOffset Since, string? ControlAddress);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(HostHolder))]
internal sealed partial class HostLockJson : JsonSerializerContext;

/// <summary>
/// Keeps a second host off a journal: two writers would each believe to be the only one that trades. The lock is the operating system's, on an open
/// file, so that it dies with its holder, however that dies. Who holds it stands in a file beside it.
/// </summary>
public sealed class HostLock : IDisposable
{
    private readonly FileStream _lock;
    private readonly string _holderPath;
    private bool _disposed;

    private HostLock(FileStream @lock, string holderPath)
    {
        _lock = @lock;
        _holderPath = holderPath;
    }

    /// <summary>Takes the lock of a journal's folder.</summary>
    /// <exception cref="JournalException">Another host holds it, or the folder cannot be written to.</exception>
    public static HostLock Take(string folder, HostHolder holder)
    {
        var lockPath = Path.Combine(folder, "host.lock");
        var holderPath = HolderPath(folder);
        var stream = Open(folder, lockPath);
        var taken = new HostLock(stream, holderPath);
        try
        {
            taken.Describe(holder);
            return taken;
        }
        catch (Exception e)
        {
            stream.Dispose();
            // The lock is ours: whoever is written down there is gone, and it is the disk that refuses.
            if (e is IOException or UnauthorizedAccessException)
                throw new JournalException($"journal folder {folder}: cannot be written to: {e.Message}", e);
            throw;
        }
    }

    private static FileStream Open(string folder, string lockPath)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return new FileStream(lockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new JournalException($"journal folder {folder}: cannot be written to: {e.Message}", e);
        }
        catch (IOException e)
        {
            var other = ReadHolder(folder);
            throw new JournalException(
                other is null
                    ? $"journal folder {folder}: another host holds it, or it cannot be written to ({e.Message})"
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $"journal folder {folder}: another host holds it: process {other.ProcessId} on {other.Machine} since {other.Since:u}"),
                e);
        }
    }

    /// <summary>Writes down who holds the lock, e.g. once the control address is known.</summary>
    public void Describe(HostHolder holder)
    {
        // Through a second file, so that a reader never sees half of it.
        var draft = _holderPath + ".new";
        File.WriteAllBytes(draft, JsonSerializer.SerializeToUtf8Bytes(holder, HostLockJson.Default.HostHolder));
        File.Move(draft, _holderPath, overwrite: true);
    }

    /// <summary>Who holds, or last held, the lock of a folder; null where nobody wrote it down.</summary>
    public static HostHolder? ReadHolder(string folder)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(HolderPath(folder)), HostLockJson.Default.HostHolder);
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Lets go of the lock.</summary>
    public void Dispose()
    {
        // Once only: a second time the file would be the next holder's.
        if (_disposed)
            return;
        _disposed = true;
        try
        {
            File.Delete(_holderPath);
        }
        finally
        {
            _lock.Dispose();
        }
    }

    private static string HolderPath(string folder) => Path.Combine(folder, "host.json");
}

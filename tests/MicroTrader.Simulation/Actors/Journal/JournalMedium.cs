using Akka.Persistence;

namespace MicroTrader.Simulation.Actors.Journal;

/// <summary>
/// What a disk is to a journal: it outlives every life of the robot, keeps all that it took, and each life's writes reach it only while that life lasts.
/// </summary>
internal sealed class JournalMedium
{
    private readonly Dictionary<string, List<JournalLine>> _lines = [];
    private readonly List<JournalLine> _all = [];
    private readonly Dictionary<string, SortedList<long, (int SerializerId, string Manifest, byte[] Bytes)>> _snapshots = [];

    /// <summary>All facts of a persistence id, in order.</summary>
    public IReadOnlyList<JournalLine> Lines(string persistenceId) => _lines.TryGetValue(persistenceId, out var lines) ? lines : [];

    /// <summary>All facts, in the order in which they were stored.</summary>
    public IReadOnlyList<JournalLine> All => _all;

    /// <summary>Takes facts that belong together: all or none.</summary>
    /// <exception cref="InvalidOperationException">A number is not the next one: somebody else wrote meanwhile.</exception>
    public void Append(IReadOnlyList<JournalLine> lines)
    {
        if (!_lines.TryGetValue(lines[0].PersistenceId, out var all))
            _lines[lines[0].PersistenceId] = all = [];
        for (var i = 0; i < lines.Count; i++)
        {
            // As the UNIQUE key of the real journal does.
            if (lines[i].SequenceNr != all.Count + 1 + i)
                throw new InvalidOperationException($"{lines[i].PersistenceId} has {all.Count} facts; number {lines[i].SequenceNr} cannot follow");
        }

        all.AddRange(lines);
        _all.AddRange(lines);
    }

    /// <summary>Keeps a snapshot.</summary>
    public void Save(SnapshotMetadata metadata, int serializerId, string manifest, byte[] bytes)
    {
        if (!_snapshots.TryGetValue(metadata.PersistenceId, out var all))
            _snapshots[metadata.PersistenceId] = all = [];
        all[metadata.SequenceNr] = (serializerId, manifest, bytes);
    }

    /// <summary>The newest snapshot up to a number; null where there is none.</summary>
    public (long SequenceNr, int SerializerId, string Manifest, byte[] Bytes)? Newest(string persistenceId, long most)
    {
        if (!_snapshots.TryGetValue(persistenceId, out var all))
            return null;
        for (var i = all.Count - 1; i >= 0; i--)
        {
            if (all.Keys[i] <= most)
                return (all.Keys[i], all.Values[i].SerializerId, all.Values[i].Manifest, all.Values[i].Bytes);
        }

        return null;
    }

    /// <summary>Forgets a snapshot.</summary>
    public void Delete(string persistenceId, long sequenceNr)
    {
        if (_snapshots.TryGetValue(persistenceId, out var all))
            all.Remove(sequenceNr);
    }

    /// <summary>The numbers of a persistence id's snapshots.</summary>
    public IReadOnlyList<long> SnapshotNumbers(string persistenceId) => _snapshots.TryGetValue(persistenceId, out var all) ? [.. all.Keys] : [];
}

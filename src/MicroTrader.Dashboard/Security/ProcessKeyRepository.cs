using System.Collections.Concurrent;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace MicroTrader.Dashboard.Security;

/// <summary>Keeps the data protection keys in memory for as long as the process lives.</summary>
internal sealed class ProcessKeyRepository : IXmlRepository
{
    private readonly ConcurrentQueue<XElement> _keys = new();

    /// <inheritdoc/>
    public IReadOnlyCollection<XElement> GetAllElements() => [.. _keys.Select(key => new XElement(key))];

    /// <inheritdoc/>
    public void StoreElement(XElement element, string friendlyName) => _keys.Enqueue(new XElement(element));
}

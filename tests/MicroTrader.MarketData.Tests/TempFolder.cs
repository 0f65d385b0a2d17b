using System.IO.Compression;
using System.Text;

namespace MicroTrader.MarketData.Tests;

/// <summary>A folder for one test's files, deleted afterwards.</summary>
public sealed class TempFolder : IDisposable
{
    public TempFolder() => Path = Directory.CreateTempSubdirectory("microtrader-marketdata-").FullName;

    public string Path { get; }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    /// <summary>Writes a LEAN zip, as <c>tick/spy/20131007_trade.zip</c> with <c>20131007_spy_Trade_Tick.csv</c> in it.</summary>
    public string Lean(string kind, string symbol, string day, string rows, string? inner = null, string? name = null)
    {
        var path = Place($"{kind}/{symbol}/{name ?? $"{day}_trade.zip"}");
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        inner ??= kind == "tick" ? $"{day}_{symbol}_Trade_Tick.csv" : $"{day}_{symbol}_{kind}_trade.csv";
        using var stream = zip.CreateEntry(inner).Open();
        stream.Write(Encoding.UTF8.GetBytes(rows));
        return path;
    }

    public string Text(string name, string text)
    {
        var path = Place(name);
        File.WriteAllText(path, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return path;
    }

    public string Gzip(string name, string text)
    {
        var path = Place(name);
        using var stream = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        stream.Write(Encoding.UTF8.GetBytes(text));
        return path;
    }

    private string Place(string name)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        return path;
    }
}

using MicroTrader.Host.Configuration;
using MicroTrader.Host.Tests.Support;

namespace MicroTrader.Host.Tests.Configuration;

public sealed class DotEnvFileTests
{
    [Theory]
    [InlineData("A=b", "b")]
    [InlineData("A = b ", "b")]
    [InlineData("export A=b", "b")]
    [InlineData("A=\"b c\" # why", "b c")]
    [InlineData("A='b #c'", "b #c")]
    [InlineData("A=b #c", "b")]
    [InlineData("A=b#c", "b#c")]
    [InlineData("A= #c", "")]
    [InlineData("A=", "")]
    [InlineData("A=''", "")]
    [InlineData("A=x==", "x==")]
    [InlineData("A=b$c", "b$c")]
    [InlineData("A='b${c}'", "b${c}")]
    [InlineData("A=b'c", "b'c")]
    [InlineData("\uFEFFA=b", "b")]
    [InlineData("# A=c\r\n\r\nA=b\r\n", "b")]
    public void A_value_is_taken_as_it_stands(string text, string value) => Assert.Equal([("A", value)], Read(text));

    [Theory]
    [InlineData("secret-words")]
    [InlineData("=secret-words")]
    [InlineData("1A=secret-words")]
    [InlineData("A B=secret-words")]
    [InlineData("Trading:Mode=secret-words")]
    [InlineData("A=\"secret-words")]
    [InlineData("A='secret-words")]
    [InlineData("A='secret-words' more")]
    [InlineData("A=secret-words${HOME}")]
    [InlineData("A=secret-words\nB=1\nA=other", 5)]
    public void A_line_that_is_wrong_is_named_and_its_value_is_not_repeated(string text, int line = 3)
    {
        var message = Settings.Refusal(() => Read("# one\n# two\n" + text));

        Assert.StartsWith($".env line {line}: ", message);
        Assert.Contains("NAME=value", message);
        Assert.DoesNotContain("secret-words", message);
    }

    [Fact]
    public void A_name_that_stands_twice_with_one_value_does_no_harm() => Assert.Equal([("A", "b"), ("A", "b")], Read("A=b\nA=b"));

    [Fact]
    public void No_file_is_no_setting()
    {
        using var folder = new TempFolder();
        Assert.Empty(DotEnvFile.Read(folder.File(".env")));
    }

    private static IReadOnlyList<(string Name, string Value)> Read(string text)
    {
        using var folder = new TempFolder();
        return DotEnvFile.Read(folder.Write(".env", text));
    }
}

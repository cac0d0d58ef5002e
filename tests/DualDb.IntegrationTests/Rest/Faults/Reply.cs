using System.Globalization;
using System.Text;

namespace DualDb.IntegrationTests.Rest.Faults;

/// <summary>How a scripted server treats one request.</summary>
/// <param name="Bytes">What it sends.</param>
/// <param name="Then">What it does behind that.</param>
internal sealed record Reply(byte[] Bytes, Ending Then)
{
    public const string Row = """{"id":"a","note":"n","number":1,"weather":"Calm","level":2,"at":null}""";

    public const string Page = "<html><body><h1>Bad gateway</h1></body></html>";

    /// <summary>One row of entries.</summary>
    public static Reply OneRow { get; } = Json(200, $"[{Row}]");

    /// <summary>The connection is closed without an answer.</summary>
    public static Reply Closed { get; } = new([], Ending.Close);

    /// <summary>No answer ever comes.</summary>
    public static Reply Silent { get; } = new([], Ending.Hang);

    public static Reply Json(int status, string body, params string[] headers) => Of(status, "application/json; charset=utf-8", body, headers);

    public static Reply Html(int status) => Of(status, "text/html", Page);

    public static Reply Empty(int status, params string[] headers) => Of(status, "text/plain", "", headers);

    /// <summary>Half of its body.</summary>
    public Reply CutOff(Ending then) => new(Bytes[..^20], then);

    private static Reply Of(int status, string type, string body, params string[] headers)
    {
        var content = Encoding.UTF8.GetBytes(body);
        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} Scripted\r\nContent-Type: {type}\r\nContent-Length: {content.Length}\r\n");
        foreach (var header in headers)
        {
            head.Append(header).Append("\r\n");
        }

        return new Reply([.. Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), .. content], Ending.GoOn);
    }
}

/// <summary>What a scripted server does behind what it sent.</summary>
internal enum Ending
{
    GoOn,
    Close,
    Hang,
}

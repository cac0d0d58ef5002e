using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace DualDb.Benchmarks.Setup;

/// <summary>Answers every request with the same rows, so that what is measured is the client.</summary>
internal sealed class CannedAnswer : HttpMessageHandler
{
    private static readonly string[] Kinds = ["search", "view", "order", "payment", "review", "return"];
    private static readonly (string City, string Country)[] Places =
        [("Oslo", "Norway"), ("Bern", "Switzerland"), ("Lisbon", "Portugal"), ("Zagreb", "Croatia"), ("Porto", "Portugal"), ("Trondheim", "Norway"), ("Graz", "Austria"), ("Ghent", "Belgium")];

    private static readonly string[] Devices = ["Android phone", "iPhone", "Windows desktop", "Mac"];

    private readonly byte[] _body;
    private readonly string _range;

    public CannedAnswer(int rows)
    {
        var random = new Random(1);
        var json = new StringBuilder("[");
        for (var row = 0; row < rows; row++)
        {
            var (city, country) = Places[random.Next(Places.Length)];
            var device = random.Next(5) is < 4 and var index ? $"\"{Devices[index]}\"" : "null";
            var at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(random.Next(20_000_000)).AddMicroseconds(random.Next(1_000_000));
            json.Append(row == 0 ? "" : ",\n ").Append(
                CultureInfo.InvariantCulture,
                $$"""{"id":{{row + 1}},"user_id":"{{Rows.UserId(row)}}","kind":"{{Kinds[random.Next(Kinds.Length)]}}","city":"{{city}}","country":"{{country}}","device":{{device}},"at":"{{at:yyyy-MM-dd'T'HH:mm:ss.ffffffzzz}}","succeeded":{{(random.Next(10) > 0 ? "true" : "false")}}}""");
        }

        _body = Encoding.UTF8.GetBytes(json.Append(']').ToString());
        _range = string.Create(CultureInfo.InvariantCulture, $"0-{rows - 1}/*");
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var content = new StreamContent(new MemoryStream(_body, writable: false));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        content.Headers.TryAddWithoutValidation("Content-Range", _range);
        return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = content, RequestMessage = request });
    }
}

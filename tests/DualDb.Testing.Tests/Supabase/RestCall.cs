using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace DualDb.Testing.Tests.Supabase;

/// <summary>Requests to a local Supabase API: status and body.</summary>
internal static class RestCall
{
    private static readonly HttpClient Client = new(new SocketsHttpHandler { UseProxy = false });

    public static Task<(HttpStatusCode Status, string Body)> GetAsync(string url, string path, string key, string? token = null) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, url + path), key, token, prefer: null);

    public static Task<(HttpStatusCode Status, string Body)> PostAsync(string url, string path, object body, string key, string? token = null, string? prefer = null) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, url + path) { Content = JsonContent.Create(body) }, key, token, prefer);

    private static async Task<(HttpStatusCode Status, string Body)> SendAsync(HttpRequestMessage request, string key, string? token, string? prefer)
    {
        using (request)
        {
            request.Headers.Add("apikey", key);
            request.Headers.Add("Prefer", "return=representation" + (prefer is null ? "" : "," + prefer));
            if (token is not null)
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            }

            using var response = await Client.SendAsync(request, Sql.Token);
            return (response.StatusCode, await response.Content.ReadAsStringAsync(Sql.Token));
        }
    }
}

using DualDb.AspNetCore.Dashboard.Assets;
using Microsoft.AspNetCore.Http;

namespace DualDb.AspNetCore.Dashboard.Requests;

/// <summary>Answers with the style sheet or the script.</summary>
internal static class AssetEndpoint
{
    public static async Task AnswerAsync(DashboardRequest request)
    {
        var response = request.Http.Response;
        if (DashboardAssets.Find(request.Http.Request.RouteValues["name"] as string) is not { } asset)
        {
            // A page of another version asks for a file that is no more.
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        // Its name says what is in it, which is the same for everybody.
        response.Headers.CacheControl = "private, max-age=31536000, immutable";
        response.ContentType = asset.Type;
        response.ContentLength = asset.Content.Length;
        await response.BodyWriter.WriteAsync(asset.Content, request.Http.RequestAborted).ConfigureAwait(false);
    }
}

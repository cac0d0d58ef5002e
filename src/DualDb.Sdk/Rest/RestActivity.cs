using System.Diagnostics;

namespace DualDb.Rest;

/// <summary>The traces of requests: nothing is built while nobody listens.</summary>
internal static class RestActivity
{
    public static Activity? Start(RestRequest request)
    {
        if (!DualDbTelemetry.Rest.HasListeners())
        {
            return null;
        }

        // Without the query part of the address, which holds values.
        var text = $"{request.Method.Method} {request.Path}";
        var activity = DualDbTelemetry.Rest.StartActivity(text, ActivityKind.Client);
        activity?.SetTag("db.system.name", "postgresql");
        activity?.SetTag("db.namespace", request.Schema);
        activity?.SetTag("db.query.text", text);
        activity?.SetTag("http.request.method", request.Method.Method);
        return activity;
    }

    /// <summary>No answer came.</summary>
    public static void Failed(Activity? activity) => activity?.SetStatus(ActivityStatusCode.Error);

    public static void Answered(Activity? activity, HttpResponseMessage answer)
    {
        if (activity is null)
        {
            return;
        }

        activity.SetTag("http.response.status_code", (int)answer.StatusCode);
        if (!answer.IsSuccessStatusCode)
        {
            activity.SetStatus(ActivityStatusCode.Error);
        }
    }
}

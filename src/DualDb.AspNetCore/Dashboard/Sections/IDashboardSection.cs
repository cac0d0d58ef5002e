using DualDb.AspNetCore.Dashboard.Language;
using DualDb.AspNetCore.Dashboard.Requests;

namespace DualDb.AspNetCore.Dashboard.Sections;

/// <summary>
/// A page of the dashboard. To add one: implement this, and list it in <see cref="DashboardSections"/>. Routes, authorisation, anti-forgery, audit, live updates, deadlines and failures are the frame's.
/// </summary>
/// <remarks>
/// <para>
/// <b>Reading.</b> <see cref="Parts"/> looks at the address alone and says which parts the page has; each part then reads for itself (<see cref="DashboardPart"/>), once for all who look at the same address, and again each
/// interval while anybody does. So a part knows nobody: what differs between viewers (language, whether they may act) is in the <see cref="PartContext"/> that it is shown with. Whatever it throws becomes a plain message in its place.
/// </para>
/// <para><b>The address.</b> <see cref="PageQuery"/> gives typed values; one that is malformed is answered with 400. What was asked of it is the identity of the page: read every value before the parts begin.</para>
/// <para><b>Acting.</b> An action is posted by a form of <see cref="PartContext.Form"/>, and runs only for operators; it is in the audit before it begins, and again with what came of it. It returns what to say.</para>
/// <para><b>Data of users</b> goes through <see cref="Consistency.Operators.IPayloadRedaction"/> before it is shown. <b>Ids</b> of parts are stable: tests and styles go by them.</para>
/// </remarks>
internal interface IDashboardSection
{
    /// <summary>Its place below the dashboard, such as <c>queries</c>; empty for the first page.</summary>
    string Path { get; }

    /// <summary>Its name in the navigation, and its heading.</summary>
    Text Title { get; }

    /// <summary>What the page shows at an address.</summary>
    /// <exception cref="BadRequestValueException">A value is malformed.</exception>
    IReadOnlyList<DashboardPart> Parts(PageQuery query);

    /// <summary>What can be done here.</summary>
    IReadOnlyList<DashboardAction> Actions => [];
}

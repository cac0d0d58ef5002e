namespace DualDb.AspNetCore.Dashboard.Language;

/// <summary>The texts of the frame around all pages.</summary>
internal static class FrameTexts
{
    public static readonly Text Skip = new("Skip to the content", "ข้ามไปยังเนื้อหา");
    public static readonly Text Pages = new("Pages", "หน้าต่าง ๆ");
    public static readonly Text Language = new("Language", "ภาษา");
    public static readonly Text SignedIn = new("Signed in as {0}", "เข้าสู่ระบบในชื่อ {0}");
    public static readonly Text ReadOnly = new("read only", "อ่านอย่างเดียว");
    public static readonly Text Live = new("Live", "แสดงผลสด");
    public static readonly Text Connecting = new("Connecting", "กำลังเชื่อมต่อ");
    public static readonly Text Lost = new("Not live: trying again", "ไม่ได้แสดงผลสด กำลังลองใหม่");
    public static readonly Text Held = new("Held back while a form is being filled in", "พักการอัปเดตไว้ระหว่างกรอกแบบฟอร์ม");
    public static readonly Text Still = new("Without scripts this page does not update by itself.", "เมื่อไม่ใช้สคริปต์ หน้านี้จะไม่อัปเดตเอง");
    public static readonly Text Reload = new("Reload", "โหลดใหม่");
    public static readonly Text ShownAt = new("Shown at", "แสดงเมื่อ");
    public static readonly Text Reason = new("Reason, for the audit", "เหตุผล (บันทึกในประวัติการดำเนินการ)");
    public static readonly Text Back = new("Back", "กลับ");
    public static readonly Text None = new("Nothing.", "ไม่มีรายการ");
    public static readonly Text All = new("all", "ทั้งหมด");
    public static readonly Text Never = new("never", "ไม่เคย");
    public static readonly Text Yes = new("yes", "ใช่");
    public static readonly Text No = new("no", "ไม่ใช่");
    public static readonly Text Filter = new("Filter", "กรอง");
    public static readonly Text Previous = new("Previous", "ก่อนหน้า");
    public static readonly Text Next = new("Next", "ถัดไป");
    public static readonly Text PageNumber = new("Page {0}", "หน้า {0}");

    public static readonly Text BadRequest = new("This request cannot be understood", "ไม่เข้าใจคำขอนี้");
    public static readonly Text BadValue = new("\"{0}\" has to be {1}.", "\"{0}\" ต้องเป็น {1}");
    public static readonly Text NoToken = new(
        "The form has no valid anti-forgery token, so nothing was done. Open the page again, and send the form from there.",
        "แบบฟอร์มไม่มีโทเค็นป้องกันการปลอมคำขอที่ถูกต้อง จึงไม่มีการดำเนินการใด ๆ โปรดเปิดหน้าใหม่แล้วส่งแบบฟอร์มจากหน้านั้น");
    public static readonly Text NotFound = new("There is no such page", "ไม่มีหน้านี้");
    public static readonly Text NotFoundWords = new("The address leads to nothing here.", "ที่อยู่นี้ไม่มีเนื้อหา");
    public static readonly Text Forbidden = new("Not allowed", "ไม่ได้รับอนุญาต");
    public static readonly Text NotAnOperator = new(
        "Acting takes the rights of an operator, which you do not have here. Nothing was done; the attempt is in the audit.",
        "การดำเนินการนี้ต้องมีสิทธิ์ผู้ปฏิบัติงาน ซึ่งคุณไม่มี จึงไม่มีการดำเนินการใด ๆ และความพยายามนี้ถูกบันทึกไว้แล้ว");
    public static readonly Text NotAReader = new("Reading this dashboard is not allowed to you.", "คุณไม่มีสิทธิ์ดูแดชบอร์ดนี้");
    public static readonly Text LoopbackOnly = new(
        "Without a policy this dashboard answers requests of its own machine alone. Set DashboardOptions.ReaderPolicy and OperatorPolicy.",
        "เมื่อไม่มีนโยบายการอนุญาต แดชบอร์ดนี้ตอบเฉพาะคำขอจากเครื่องเดียวกัน โปรดตั้งค่า DashboardOptions.ReaderPolicy และ OperatorPolicy");
    public static readonly Text Failed = new("That failed", "การดำเนินการล้มเหลว");
    public static readonly Text FailedWords = new("Something unexpected went wrong. The log of the application says what.", "เกิดข้อผิดพลาดที่ไม่คาดคิด โปรดดูรายละเอียดในบันทึกของแอปพลิเคชัน");
    public static readonly Text NotAudited = new(
        "The audit could not be written, so nothing was done: {0}",
        "ไม่สามารถบันทึกประวัติการดำเนินการได้ จึงไม่มีการดำเนินการใด ๆ: {0}");
    public static readonly Text ActionFailed = new("{0} failed:", "{0} ล้มเหลว:");

    public static readonly Text PartSlow = new(
        "No answer within {0} s. It is asked again by itself; the rest of the page does not wait for it.",
        "ไม่มีคำตอบภายใน {0} วินาที ระบบจะถามใหม่เอง และส่วนอื่นของหน้านี้ไม่ต้องรอ");
    public static readonly Text PartSlowDatabase = new(
        "{0} did not answer within {1} s. It is asked again by itself. See whether it is up, and whether the network leads to it.",
        "{0} ไม่ตอบภายใน {1} วินาที ระบบจะถามใหม่เอง โปรดตรวจสอบว่าฐานข้อมูลทำงานอยู่และเครือข่ายเข้าถึงได้");
    public static readonly Text PartMissing = new("{0} could not be read: what it holds is missing here.", "อ่าน {0} ไม่ได้ ข้อมูลของฐานข้อมูลนั้นจึงไม่แสดงที่นี่");
    public static readonly Text PartAway = new(
        "{0} cannot be reached. See whether it is up, and whether its connection string is right.",
        "ติดต่อ {0} ไม่ได้ โปรดตรวจสอบว่าฐานข้อมูลทำงานอยู่และ connection string ถูกต้อง");
    public static readonly Text PartFailed = new("This could not be read. The log of the application says why.", "อ่านส่วนนี้ไม่ได้ โปรดดูสาเหตุในบันทึกของแอปพลิเคชัน");
}

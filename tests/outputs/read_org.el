;;; read_org.el --- print each element and object that Org reads in a file, one JSON object a line
(require 'org-element)
(require 'json)
(setq org-inhibit-startup t vc-handled-backends nil)
(with-temp-buffer
  (insert-file-contents (car command-line-args-left))
  (org-mode)
  (org-element-map (org-element-parse-buffer) (append '(plain-text) org-element-all-elements org-element-all-objects)
    (lambda (e)
      (let ((type (org-element-type e)))
        (princ
         (json-encode
          (append
           `((type . ,(symbol-name type)))
           (when (eq type 'headline)
             `((level . ,(org-element-property :level e)) (title . ,(org-element-property :raw-value e))
               (todo . ,(org-element-property :todo-keyword e)) (priority . ,(org-element-property :priority e))
               (tags . ,(org-element-property :tags e)) (commented . ,(org-element-property :commentedp e))))
           (when (memq type '(entity latex-fragment)) `((name . ,(org-element-property :name e)) (value . ,(org-element-property :value e))))
           (when (eq type 'keyword) `((key . ,(org-element-property :key e))))
           (when (eq type 'paragraph)
             `((text . ,(buffer-substring-no-properties (org-element-property :contents-begin e)
                                                        (org-element-property :contents-end e))))))))
        (terpri)))
    nil nil nil t))
(setq command-line-args-left nil)
